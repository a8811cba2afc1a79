using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Detectors;
using Atmosphere.Recognition.Faces.Onnx.Pictures;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Runs the three networks in sequence: detection, landmarks, embedding. One thread per call.</summary>
/// <param name="lookForTurned">Also find faces in photos that are not upright.</param>
internal sealed class FaceNetworks(IFaceDetector detector, LandmarkNetwork landmarks, DescriptorNetwork descriptor, bool lookForTurned = true) : IDisposable
{
    private const float SameFace = 0.45f;
    private const float PartOfFace = 0.75f;

    // Landmarks that fit this badly mean that it is no face, unless the detector is certain: then they are only hard to find.
    private const float NoFace = 0.1f;
    private const float Certain = 0.8f;

    // Pixels of the longer side of a quick look: a portrait's face is found, and it costs a quarter of a pass.
    private const int GlanceSide = 256;

    private static readonly QuarterTurn[] _otherDirections = [new(1), new(2), new(3)];

    public IFaceDetector Detector => detector;

    public LandmarkNetwork Landmarks => landmarks;

    public DescriptorNetwork Descriptor => descriptor;

    public InferenceTimes Spent => new(detector.Spent, landmarks.Spent, descriptor.Spent);

    public List<Candidate> Find(Pixels photo, DetectionPlan plan)
    {
        var found = new List<Candidate>();
        foreach (var view in detector.Views(photo, plan, () => found))
        {
            var seen = detector.Detect(photo, view);
            found = Suppression.Best([.. found, .. seen], SameFace, PartOfFace);
        }

        return found;
    }

    /// <summary>All faces, also of a photo that is not upright; in its own pixels, left to right.</summary>
    public IReadOnlyList<DetectedFace> Detect(Pixels photo, DetectionPlan plan)
    {
        var seen = See(photo, plan);
        if (!lookForTurned || TurnedFaces.AreClearlyUpright(seen) || ToUpright(photo, seen) is not { IsNone: false } turn)
            return Sure(photo, seen);

        var upright = photo.Turned(turn);
        var again = See(upright, plan);
        return AreClearer(upright, again, photo, seen)
            ? [.. Sure(upright, again).Select(face => face.Turned(turn.Back, upright.Width, upright.Height)).OrderBy(face => face.Box.X)]
            : Sure(photo, seen);
    }

    public IReadOnlyList<FaceDescription> Describe(Pixels photo, IReadOnlyList<DetectedFace> faces)
    {
        var described = descriptor.Describe(photo, [.. faces.Select(face => face.Landmarks)]);
        return [.. described.Select((description, i) => new FaceDescription(faces[i], description.Face, description.MirrorDistance))];
    }

    public void Dispose()
    {
        detector.Dispose();
        landmarks.Dispose();
        descriptor.Dispose();
    }

    /// <summary>The faces that the detector finds in the photo as it is.</summary>
    private SeenFace[] See(Pixels photo, DetectionPlan plan)
    {
        var found = Find(photo, plan);
        var boxes = found.Select(face => detector.ForLandmarks(face.Box).ClampTo(photo.Width, photo.Height)).ToList();
        var points = landmarks.Find(photo, boxes);
        var seen = found.Select((face, i) => new SeenFace(Face(photo, face, points[i]), null)).ToArray();
        if (!lookForTurned)
            return seen;

        var all = !TurnedFaces.AreClearlyUpright(seen);
        var doubtful = Enumerable.Range(0, seen.Length).Where(i => TurnedFaces.MayBeTurned(seen[i].Face, all)).ToArray();
        var other = InOtherDirections(photo, [.. doubtful.Select(i => boxes[i])]);
        foreach (var (i, turned) in doubtful.Zip(other.Chunk(_otherDirections.Length)))
        {
            var best = turned.MinBy(face => MeanFace.Fit(face).Residual)!;
            if (TurnedFaces.FitBetter(MeanFace.Fit(best).Residual, seen[i].Face.Quality.LandmarkResidual))
                seen[i] = seen[i] with { Other = Face(photo, found[i], best) };
        }

        return seen;
    }

    private List<Point[]> InOtherDirections(Pixels photo, IReadOnlyList<Box> boxes) =>
        landmarks.Find(photo, boxes.SelectMany(box => _otherDirections.Select(turn => (box, turn))));

    /// <summary>The turn that would put a photo upright whose faces are not clearly upright; none if it is probably upright.</summary>
    private QuarterTurn ToUpright(Pixels photo, SeenFace[] seen)
    {
        if (seen.Length == 0)
            return Likeliest(photo);
        if (TurnedFaces.Voted(seen) is { IsNone: false } voted)
            return voted;

        // The detector likes heads that stand upside down, too, and the landmarks may fit them.
        var face = Clearest(seen);
        var upright = MirrorDistance(photo, face);
        if (TurnedFaces.IsUpright(upright))
            return default;

        var (distance, turn) = InOtherDirections(photo, [detector.ForLandmarks(face.Box)])
            .Zip(_otherDirections, (points, turn) => (Face: face with { Landmarks = points }, Turn: turn.Back))
            .Where(turned => TurnedFaces.FitWell(MeanFace.Fit(turned.Face.Landmarks).Residual))
            .Select(turned => (MirrorDistance(photo, turned.Face), turned.Turn))
            .DefaultIfEmpty((float.MaxValue, default))
            .MinBy(turned => turned.Item1);
        return TurnedFaces.IsClearer(distance, upright) ? turn : default;
    }

    /// <summary>The turn in which a quick look sees faces best.</summary>
    private QuarterTurn Likeliest(Pixels photo) => _otherDirections
        .Select(turn => (Turn: turn, Score: Glance(photo.Turned(turn))))
        .Where(seen => seen.Score > 0)
        .OrderByDescending(seen => seen.Score)
        .FirstOrDefault().Turn;

    private float Glance(Pixels photo) => detector.Detect(photo, View.Whole(photo, GlanceSide)).Sum(face => face.Score);

    /// <summary>Whether a photo shows its faces better after it was turned.</summary>
    private bool AreClearer(Pixels turned, SeenFace[] again, Pixels photo, SeenFace[] before)
    {
        if (again.Length == 0 || TurnedFaces.AreClearlyUpright(again))
            return again.Length > 0;

        var distance = MirrorDistance(turned, Clearest(again));
        return before.Length == 0
            ? TurnedFaces.IsUpright(distance)
            : TurnedFaces.Evidence(again) > TurnedFaces.Evidence(before) && distance < MirrorDistance(photo, Clearest(before));
    }

    private static DetectedFace Clearest(IEnumerable<SeenFace> seen) => seen.Select(one => one.Face).MaxBy(face => face.Score - (2 * face.Quality.LandmarkResidual))!;

    private float MirrorDistance(Pixels photo, DetectedFace face) => descriptor.Describe(photo, [face.Landmarks])[0].MirrorDistance;

    private IReadOnlyList<DetectedFace> Sure(Pixels photo, IEnumerable<SeenFace> seen) => [.. seen
        .Select(one => one.Other is { } other && IsClearer(photo, other, one.Face) ? other : one.Face)
        .Where(face => face.Quality.LandmarkResidual < NoFace || face.Score >= Certain)
        .OrderBy(face => face.Box.X)];

    private bool IsClearer(Pixels photo, DetectedFace other, DetectedFace face) =>
        MirrorDistance(photo, other) is var distance && TurnedFaces.IsUpright(distance) && TurnedFaces.IsClearer(distance, MirrorDistance(photo, face));

    private static DetectedFace Face(Pixels photo, Candidate found, Point[] points)
    {
        var box = found.Box.ClampTo(photo.Width, photo.Height);
        return new DetectedFace(box, found.Score, points, Measure(photo, box, points));
    }

    private static FaceQuality Measure(Pixels photo, Box box, Point[] points)
    {
        using var chip = Chip.Cut(photo, MeanFace.ToPhoto(points, Sharpness.Side), Sharpness.Side);
        var (yaw, residual) = MeanFace.Fit(points);
        return new FaceQuality(box.Height, Sharpness.Of(chip), yaw, residual);
    }
}
