using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Selects the faces to learn, and earlier tagged faces to drop to make room for them.</summary>
/// <param name="Teach">The best faces that there is room for, including those in the collection already.</param>
/// <param name="Drop">Faces learned from tags before, oldest first.</param>
internal sealed record TrainingPlan(IReadOnlyList<FaceToIndex> Teach, IReadOnlyList<FaceId> Drop)
{
    /// <summary>The maximum number of faces of a user in a collection.</summary>
    public const int MostFaces = 100;

    /// <param name="faces">Faces that passed the check.</param>
    /// <param name="known">The person's faces in the collection, from registration and from tags.</param>
    /// <param name="taught">Those of them learned from tags, oldest first.</param>
    public static TrainingPlan Of(IEnumerable<CheckedFace> faces, IReadOnlySet<FaceId> known, IReadOnlyList<FaceId> taught)
    {
        var judged = faces
            .Select(face => (face.Face, Verdict: QualityRules.Judge(face.Face.Description!).Verdict))
            .Where(face => face.Verdict != FaceVerdict.Reject)
            .ToList();
        var again = judged.Where(face => known.Contains(face.Face.Id)).Select(face => face.Face).ToList();
        var fresh = judged.Where(face => !known.Contains(face.Face.Id)).ToList();
        var room = Math.Max(0, MostFaces - known.Count);

        // Only good faces may replace an older one. The quality of older faces is deleted with their photos, so the oldest is dropped
        // first.
        var best = Spread([.. fresh.Where(face => face.Verdict == FaceVerdict.Good).Select(face => face.Face)]);
        var usable = Spread([.. fresh.Where(face => face.Verdict != FaceVerdict.Good).Select(face => face.Face)]);
        var older = taught.Where(face => known.Contains(face) && again.All(one => one.Id != face)).ToList();
        var replaced = Math.Clamp(best.Count - room, 0, older.Count);
        var chosen = best.Concat(usable).Take(Math.Max(room, Math.Min(best.Count, room + replaced)));
        return new TrainingPlan([.. again.Concat(chosen).Select(face => new FaceToIndex(face.Id, face.Description!.Embedding))], [.. older.Take(replaced)]);
    }

    /// <summary>Orders the faces so that each differs as much as possible from those before it: similar faces add little.</summary>
    private static List<FoundFace> Spread(List<FoundFace> faces)
    {
        if (faces.Count <= 2)
            return faces;

        var order = new List<FoundFace> { faces[0] };
        var nearest = faces.ToDictionary(face => face.Id, face => face.Description!.Embedding.DistanceTo(faces[0].Description!.Embedding));
        while (order.Count < faces.Count)
        {
            var next = faces.Where(face => !order.Contains(face)).MaxBy(face => nearest[face.Id])!;
            order.Add(next);
            foreach (var face in faces)
                nearest[face.Id] = Math.Min(nearest[face.Id], face.Description!.Embedding.DistanceTo(next.Description!.Embedding));
        }

        return order;
    }
}
