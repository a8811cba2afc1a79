using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>
/// Names that searches gave, and would not give any more: the faces lose them. Nobody said that it is somebody else, so that whoever is
/// taught rightly later on gives the name again.
/// </summary>
internal sealed class NamesInDoubt(Database database, IFaceEngine engine, IFaceCollections collections, UnknownClusters clusters, LostNames names, TimeProvider clock)
{
    /// <summary>Of a face f: it bears a name that no votes of colleagues gave it.</summary>
    public const string BySearch =
        """
        f.verdict = 'named' AND f.person_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM questions q WHERE q.state = 'decided' AND q.answer = 'person' AND q.person_id = f.person_id AND q.trained_at IS NOT NULL
                AND (q.face_id = f.id OR EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = q.id AND n.face_id = f.id)))
        """;

    /// <summary>Looks at a photo again: searches outside any transaction, then writes in one. Repeated, it changes nothing.</summary>
    /// <param name="person">Whose names are looked at; null: everybody's that were given by a search before <c>matching_version</c> of the group.</param>
    /// <param name="since">Names that were given before stay.</param>
    public async Task LookAsync(GroupId group, PhotoId photo, PersonId? person, DateTimeOffset since, CancellationToken cancellation)
    {
        var (named, found) = await database.ReadAsync(
            async session => (await NamedAsync(session, photo, person, since), await FoundFaces.OfAsync(session, photo)), cancellation);
        var lost = new List<LostName>();
        foreach (var face in found.Where(face => face.Model == engine.Model && face.Description is not null))
        {
            if (named.FirstOrDefault(one => one.Id == face.Id) is not { } name)
                continue;
            var search = await collections.SearchUsersByImageAsync(CollectionId.Of(group), face.Description!.Embedding, cancellation);
            if (search is not { Verdict: MatchVerdict.Named, Matches: [var best, ..] } || best.User != name.PersonId)
                lost.Add(new LostName(face, name.PersonId, search));
        }

        if (lost.Count == 0)
            return;

        // They are strangers again, and strangers are asked about once a cluster.
        var unknown = lost.Select(one => new UnknownFace(one.Face.Id, one.Face.Description!.Embedding, QualityRules.Judge(one.Face.Description).Verdict));
        var plan = await clusters.PlanAsync(group, photo, [.. unknown], cancellation);
        await database.WriteAsync(
            async session =>
            {
                // Colleagues may have confirmed a name, or taken it back, since it was read.
                var still = (await NamedAsync(session, photo, person, since)).Select(one => (one.Id, one.PersonId)).ToHashSet();
                if (!lost.TrueForAll(one => still.Contains((one.Face.Id, one.Person))))
                    throw new TryLaterException($"Names in photo {photo} have changed meanwhile.", TimeSpan.FromSeconds(1));
                await plan.ApplyAsync(session, clock.GetUtcNow());
                await names.TakeAsync(session, photo, lost, clock.GetUtcNow());
            },
            cancellation);
    }

    private static Task<IReadOnlyList<NamedRow>> NamedAsync(Session session, PhotoId photo, PersonId? person, DateTimeOffset since) =>
        session.QueryAsync<NamedRow>(
            $"""
            SELECT f.id, f.person_id FROM faces f JOIN photos p ON p.id = f.photo_id AND p.expired_at IS NULL JOIN groups g ON g.id = p.group_id AND g.ended_at IS NULL
            WHERE f.photo_id = @photo AND f.decided_at >= @at AND {BySearch}
                AND {(person is null
                    ? "EXISTS (SELECT 1 FROM searches s WHERE s.face_id = f.id AND s.collection_version < g.matching_version)"
                    : "f.person_id = @person")}
            """,
            new { photo, person = person?.Value, at = since.ToUnixTimeMilliseconds() });

    private sealed record NamedRow
    {
        public FaceId Id { get; init; }

        public PersonId PersonId { get; init; }
    }
}

/// <param name="Person">Whose name the face bore.</param>
/// <param name="Search">What a search says now.</param>
internal sealed record LostName(FoundFace Face, PersonId Person, FaceSearch Search);
