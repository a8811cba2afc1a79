using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Which faces are taught, and which of those that tags taught before make room for them.</summary>
/// <param name="Teach">The best of them that the person has room for, those in the collection already included.</param>
/// <param name="Drop">Taught before by tags, the oldest first.</param>
internal sealed record TrainingPlan(IReadOnlyList<FaceToIndex> Teach, IReadOnlyList<FaceId> Drop)
{
    /// <summary>As many as a user of a collection may have.</summary>
    public const int MostFaces = 100;

    /// <param name="faces">That passed the check.</param>
    /// <param name="known">That the collection has of the person, from registration and from tags.</param>
    /// <param name="taught">Of them, those that tags taught, oldest first.</param>
    public static TrainingPlan Of(IEnumerable<CheckedFace> faces, IReadOnlySet<FaceId> known, IReadOnlyList<FaceId> taught)
    {
        var judged = faces
            .Select(face => (face.Face, Verdict: QualityRules.Judge(face.Face.Description!).Verdict))
            .Where(face => face.Verdict != FaceVerdict.Reject)
            .ToList();
        var again = judged.Where(face => known.Contains(face.Face.Id)).Select(face => face.Face).ToList();
        var fresh = judged.Where(face => !known.Contains(face.Face.Id)).ToList();
        var room = Math.Max(0, MostFaces - known.Count);

        // Only good faces are worth an older one. How good that was is forgotten with its photo: the oldest goes first.
        var best = Spread([.. fresh.Where(face => face.Verdict == FaceVerdict.Good).Select(face => face.Face)]);
        var usable = Spread([.. fresh.Where(face => face.Verdict != FaceVerdict.Good).Select(face => face.Face)]);
        var older = taught.Where(face => known.Contains(face) && again.All(one => one.Id != face)).ToList();
        var replaced = Math.Clamp(best.Count - room, 0, older.Count);
        var chosen = best.Concat(usable).Take(Math.Max(room, Math.Min(best.Count, room + replaced)));
        return new TrainingPlan([.. again.Concat(chosen).Select(face => new FaceToIndex(face.Id, face.Description!.Embedding))], [.. older.Take(replaced)]);
    }

    /// <summary>The faces in an order in which each is as unlike those before it as can be: what is much alike teaches nothing new.</summary>
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
