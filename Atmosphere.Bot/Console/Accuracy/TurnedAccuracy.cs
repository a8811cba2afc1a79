using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Console.Accuracy;

/// <summary>Group photos turned by one angle.</summary>
/// <param name="Degrees">Clockwise.</param>
/// <param name="Faces">Labelled boxes.</param>
/// <param name="Found">Of them: a detection's centre is within half a face of theirs.</param>
/// <param name="FalseBoxes">Detections near no labelled box, in photos where all faces are boxed.</param>
/// <param name="Upright">Photos whose faces say how they must be turned, and say it right, give or take 45 degrees.</param>
/// <param name="Photos">All photos.</param>
/// <param name="Names">Of the labelled boxes.</param>
internal sealed record TurnedAccuracy(int Degrees, int Faces, int Found, int FalseBoxes, int Upright, int Photos, Naming Names)
{
    private const float Near = 0.5f;
    private const float Quarter = 90;
    private const float Circle = 360;

    /// <param name="degrees">Clockwise.</param>
    /// <param name="photos">The labels, where they are now, the turn that the faces ask for, and the detections with what the search said.</param>
    public static TurnedAccuracy Of(int degrees, IReadOnlyList<TurnedGroupPhoto> photos)
    {
        var faces = new List<(string? Person, FaceSearch? Search)>();
        var falseBoxes = 0;
        foreach (var photo in photos)
        {
            var free = photo.Detections.ToList();
            foreach (var (label, box) in GroupAccuracy.Boxed(photo.Labels))
            {
                var centre = photo.Turned.Place(box.Centre);
                var hit = free.OrderBy(face => Distance(face.Box.Centre, centre)).FirstOrDefault();
                var found = hit.Search is not null && Distance(hit.Box.Centre, centre) <= Near * Math.Max(box.Width, box.Height);
                faces.Add((label.Person, found ? hit.Search : null));
                if (found)
                    free.Remove(hit);
            }

            falseBoxes += photo.Labels.AllFacesBoxed ? free.Count : 0;
        }

        return new TurnedAccuracy(
            degrees, faces.Count, faces.Count(face => face.Search is not null), falseBoxes,
            photos.Count(photo => IsUpright(degrees + (photo.ToUpright * Quarter))), photos.Count, Naming.Of(faces));
    }

    private static bool IsUpright(float degrees) => Math.Abs(MathF.IEEERemainder(degrees, Circle)) <= Quarter / 2;

    private static float Distance(Point one, Point other) => MathF.Sqrt(((one.X - other.X) * (one.X - other.X)) + ((one.Y - other.Y) * (one.Y - other.Y)));
}

/// <param name="Labels">Of the upright photo.</param>
/// <param name="Turned">The turned photo.</param>
/// <param name="ToUpright">Quarters that its faces ask for.</param>
/// <param name="Detections">Its faces and what the search said about each.</param>
internal sealed record TurnedGroupPhoto(LabelledPhoto Labels, TurnedPhoto Turned, int ToUpright, IReadOnlyList<(Box Box, FaceSearch Search)> Detections);
