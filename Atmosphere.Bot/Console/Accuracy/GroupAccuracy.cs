using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>A labelled photo. Boxes are [x, y, width, height] in upright pixels; a face without one is known to be there, not where.</summary>
internal sealed record LabelledPhoto(
    string File, int Width, int Height, IReadOnlyList<LabelledFace> Faces, [property: JsonPropertyName("all_faces_boxed")] bool AllFacesBoxed);

internal sealed record LabelledFace(string? Person, IReadOnlyList<float>? Box);

/// <summary>Labelled faces of one size, and how many of them were found.</summary>
internal sealed record SizeRecall(string Height, int Faces, int Found);

/// <param name="Faces">Labelled boxes.</param>
/// <param name="Found">Of them: overlapped by a detection, IoU at least 0.4.</param>
/// <param name="FalseBoxes">Detections that overlap no labelled box, in photos where all faces are boxed.</param>
/// <param name="BySize">Recall by the height of the labelled box, pixels.</param>
/// <param name="Names">Of the labelled boxes.</param>
internal sealed record GroupAccuracy(int Faces, int Found, int FalseBoxes, IReadOnlyList<SizeRecall> BySize, Naming Names)
{
    public const float Overlap = 0.4f;

    private static readonly int[] _heights = [0, 24, 40, 60, 100, 200];

    public double Recall => Found / (double)Faces;

    /// <param name="photos">The labels and, for each photo, its detections and what the search said about each.</param>
    public static GroupAccuracy Of(IReadOnlyList<(LabelledPhoto Labels, IReadOnlyList<(Box Box, FaceSearch Search)> Detections)> photos)
    {
        var faces = new List<(float Height, string? Person, FaceSearch? Search)>();
        var falseBoxes = 0;
        foreach (var (labels, detections) in photos)
        {
            var free = detections.ToList();
            foreach (var (label, box) in Boxed(labels))
            {
                var hit = free.OrderByDescending(detection => detection.Box.Iou(box)).FirstOrDefault();
                var found = hit.Search is not null && hit.Box.Iou(box) >= Overlap;
                faces.Add((box.Height, label.Person, found ? hit.Search : null));
                if (found)
                    free.Remove(hit);
            }

            falseBoxes += labels.AllFacesBoxed ? free.Count : 0;
        }

        return new GroupAccuracy(
            faces.Count, faces.Count(face => face.Search is not null), falseBoxes, [.. BySizes(faces)],
            Naming.Of(faces.Select(face => (face.Person, face.Search))));
    }

    /// <summary>The labelled faces whose place is known.</summary>
    public static IEnumerable<(LabelledFace Label, Box Box)> Boxed(LabelledPhoto photo) => photo.Faces
        .Where(face => face.Box is not null)
        .Select(face => (face, new Box(face.Box![0], face.Box[1], face.Box[2], face.Box[3])));

    private static IEnumerable<SizeRecall> BySizes(List<(float Height, string? Person, FaceSearch? Search)> faces)
    {
        for (var i = 0; i < _heights.Length; i++)
        {
            var (from, to) = (_heights[i], i + 1 < _heights.Length ? _heights[i + 1] : int.MaxValue);
            var inside = faces.Where(face => face.Height >= from && face.Height < to).ToArray();
            if (inside.Length > 0)
            {
                var name = to == int.MaxValue ? $"{from}+" : $"{from}-{to - 1}";
                yield return new SizeRecall(name, inside.Length, inside.Count(face => face.Search is not null));
            }
        }
    }
}
