using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>
/// Finds the faces of a question that may get the decided name. Colleagues saw only one of them; the others are checked one by one, because
/// a wrong name would send a photo to a stranger.
/// </summary>
internal sealed class TaggedFaceCheck(Database database, IFaceEngine engine, IFaceCollections collections)
{
    // 1 in 1,000 pairs of strangers is this near.
    private const float LikeTheShown = 0.376f;

    /// <returns>The face that was shown comes first; null if it is gone or has another name.</returns>
    public async Task<CheckedFaces?> CheckAsync(QuestionRow question, CancellationToken cancellation)
    {
        var person = question.PersonId!.Value;
        var (faces, rows, lookAlike) = await database.ReadAsync(session => ReadAsync(session, question, person), cancellation);
        var states = rows.ToDictionary(row => row.Id);
        if (faces.FirstOrDefault(face => face.Id == question.FaceId) is not { } shown || !states.TryGetValue(shown.Id, out var state))
            return null;

        var collection = CollectionId.Of(question.GroupId);
        var vector = shown.VectorOf(engine.Model);
        var search = await collections.SearchUsersByImageAsync(collection, vector, cancellation);
        var passed = new List<CheckedFace> { new(shown, Without(state, search), SimilarityOf(search, person)) };
        // Look-alikes may share a cluster, so the answer holds only for the face that colleagues saw.
        if (!lookAlike)
        {
            var photos = new HashSet<PhotoId> { state.PhotoId };
            var others = faces
                .Where(face => face.Id != shown.Id && face.Model == engine.Model && face.Description is not null && states.ContainsKey(face.Id))
                .Select(face => (Face: face, Distance: face.Description!.Embedding.DistanceTo(vector)))
                .OrderBy(face => face.Distance).ThenBy(face => face.Face.Id.Value, StringComparer.Ordinal);
            foreach (var (face, distance) in others)
            {
                var row = states[face.Id];
                if (row.Denied.Contains(person) || row.NamedInPhoto > 0 || photos.Contains(row.PhotoId))
                    continue;
                var found = Without(row, await collections.SearchUsersByImageAsync(collection, face.VectorOf(engine.Model), cancellation));
                if (!Agrees(found, person, distance))
                    continue;
                photos.Add(row.PhotoId);
                passed.Add(new CheckedFace(face, found, SimilarityOf(found, person)));
            }
        }

        return new CheckedFaces(passed, lookAlike);
    }

    /// <summary>
    /// A face nearer to another person is that person; a face similar to the person, or to the face shown, is the person.
    /// </summary>
    private static bool Agrees(FaceSearch search, PersonId person, float distance) =>
        !IsSomebodyElse(search, person) && (distance <= LikeTheShown || search is { NearEnough: true, Matches: [var best, ..] } && best.User == person);

    /// <summary>Whether the face is near enough to another registered person for that name.</summary>
    internal static bool IsSomebodyElse(FaceSearch search, PersonId person) =>
        search is { NearEnough: true, Matches: [var best, ..] } && best.User != person;

    private static FaceSearch Without(FaceToName row, FaceSearch search) =>
        search.Matches is [var best, ..] && row.Denied.Contains(best.User)
            ? search with { Matches = [.. search.Matches.Where(match => !row.Denied.Contains(match.User))], Verdict = MatchVerdict.Nobody, NearEnough = false }
            : search;

    private static float? SimilarityOf(FaceSearch search, PersonId person) => search.Matches.FirstOrDefault(match => match.User == person)?.Similarity;

    private static async Task<(IReadOnlyList<FoundFace> Faces, IReadOnlyList<FaceToName> Rows, bool LookAlike)> ReadAsync(Session session, QuestionRow question, PersonId person)
    {
        var ids = (await ClusterTable.WithAsync(session, question.FaceId)).Append(question.FaceId).Distinct().ToList();
        var rows = await FacesNamedBySearch.ToNameAsync(session, ids, person);
        var denied = await VoteTable.DenialsAsync(session, ids);
        return (
            await FoundFaces.FindAsync(session, ids),
            [.. rows.Select(row => row with { Denied = [.. denied[row.Id]] })],
            await LookAlikes.HasAsync(session, person));
    }
}

/// <param name="Faces">The faces that may get the name, the one shown first.</param>
/// <param name="LookAlike">True if the person has a registered look-alike.</param>
internal sealed record CheckedFaces(IReadOnlyList<CheckedFace> Faces, bool LookAlike);

/// <param name="Search">The candidates, without persons that were denied.</param>
/// <param name="Similarity">To the person, 0..100; null: not among the nearest.</param>
internal sealed record CheckedFace(FoundFace Face, FaceSearch Search, float? Similarity);
