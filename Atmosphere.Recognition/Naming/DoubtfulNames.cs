using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Naming;

/// <summary>
/// Removes names that a search gave and would not give any more. Nobody denied them, so a face may get its name again after its person has
/// learned more faces.
/// </summary>
internal sealed class DoubtfulNames(Database database, IFaceEngine engine, IFaceCollections collections, UnknownClusters clusters, RevokeNames names, TimeProvider clock)
{
    /// <summary>Checks the names in a photo: searches outside any transaction, then writes in one. Repeating it changes nothing.</summary>
    /// <param name="person">Checks this person's names; null: all names that a search gave before <c>matching_version</c> of the group.</param>
    /// <param name="since">Names that were given before this time stay.</param>
    public async Task CheckAsync(GroupId group, PhotoId photo, PersonId? person, DateTimeOffset since, CancellationToken cancellation)
    {
        var (named, found) = await database.ReadAsync(
            async session => (await FacesNamedBySearch.NamedBySearchAsync(session, photo, person, since), await FoundFaces.OfAsync(session, photo)), cancellation);
        var lost = new List<RevokedName>();
        foreach (var face in found.Where(face => face.Model == engine.Model && face.Description is not null))
        {
            if (named.FirstOrDefault(one => one.Id == face.Id) is not { } name)
                continue;
            var search = await collections.SearchUsersByImageAsync(CollectionId.Of(group), face.Description!.Embedding, cancellation);
            if (search is not { Verdict: MatchVerdict.Named, Matches: [var best, ..] } || best.User != name.PersonId)
                lost.Add(new RevokedName(face, name.PersonId!.Value, search));
        }

        if (lost.Count == 0)
            return;

        // The faces are unknown again, so they return to clusters, about which colleagues are asked once.
        var unknown = lost.Select(one => new UnknownFace(one.Face.Id, one.Face.Description!.Embedding, QualityRules.Judge(one.Face.Description).Verdict));
        var plan = await clusters.PlanAsync(group, photo, [.. unknown], cancellation);
        await database.WriteAsync(
            async session =>
            {
                // Colleagues may have confirmed or removed a name since it was read.
                var still = (await FacesNamedBySearch.NamedBySearchAsync(session, photo, person, since)).Select(one => (one.Id, one.PersonId!.Value)).ToHashSet();
                if (!lost.TrueForAll(one => still.Contains((one.Face.Id, one.Person))))
                    throw new TryLaterException($"Names in photo {photo} have changed meanwhile.", TimeSpan.FromSeconds(1));
                await plan.ApplyAsync(session, clock.GetUtcNow());
                await names.RevokeAsync(session, photo, lost, clock.GetUtcNow());
            },
            cancellation);
    }
}

/// <param name="Person">The person whose name the face had.</param>
/// <param name="Search">What a search says now.</param>
internal sealed record RevokedName(FoundFace Face, PersonId Person, FaceSearch Search);
