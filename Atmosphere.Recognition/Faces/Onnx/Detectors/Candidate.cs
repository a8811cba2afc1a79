using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces.Onnx.Detectors;

/// <summary>A detection before suppression: a box in photo pixels and its confidence, 0..1.</summary>
internal readonly record struct Candidate(Box Box, float Score);

/// <summary>Non-maximum suppression: of overlapping boxes the most confident one stays.</summary>
internal static class Suppression
{
    /// <param name="candidates">In any order.</param>
    /// <param name="overlap">Intersection over union above which the weaker box is removed, 0..1.</param>
    /// <param name="inside">Share of the smaller box inside the other above which the weaker box is removed, 0..1; 1 means never.</param>
    /// <returns>The remaining boxes, most confident first.</returns>
    public static List<Candidate> Best(IEnumerable<Candidate> candidates, float overlap, float inside = 1)
    {
        var kept = new List<Candidate>();
        foreach (var candidate in candidates.OrderByDescending(candidate => candidate.Score))
        {
            if (!kept.Exists(better => Covers(better.Box, candidate.Box, overlap, inside)))
                kept.Add(candidate);
        }

        return kept;
    }

    private static bool Covers(Box better, Box box, float overlap, float inside) =>
        better.Iou(box) > overlap || better.Intersection(box) > inside * Math.Min(better.Area, box.Area);
}
