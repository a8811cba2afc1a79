using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Detectors;
using Atmosphere.Recognition.Faces.Onnx.Pictures;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Runs the three networks in sequence: detection, landmarks, embedding. One thread per call.</summary>
internal sealed class FaceNetworks(IFaceDetector detector, LandmarkNetwork landmarks, DescriptorNetwork descriptor) : IDisposable
{
    private const float SameFace = 0.45f;
    private const float PartOfFace = 0.75f;

    // Landmarks that fit this badly mean that it is no face, unless the detector is certain: then they are only hard to find.
    private const float NoFace = 0.1f;
    private const float Certain = 0.8f;

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

    public IReadOnlyList<DetectedFace> Detect(Pixels photo, DetectionPlan plan)
    {
        var found = Find(photo, plan);
        var boxes = found.Select(face => face.Box.ClampTo(photo.Width, photo.Height)).ToList();
        var points = landmarks.Find(photo, [.. found.Select(face => detector.ForLandmarks(face.Box).ClampTo(photo.Width, photo.Height))]);
        return [.. found.Select((face, i) => new DetectedFace(boxes[i], face.Score, points[i], Measure(photo, boxes[i], points[i])))
            .Where(face => face.Quality.LandmarkResidual < NoFace || face.Score >= Certain)
            .OrderBy(face => face.Box.X)];
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

    private static FaceQuality Measure(Pixels photo, Box box, Point[] points)
    {
        using var chip = Chip.Cut(photo, MeanFace.ToPhoto(points, Sharpness.Side), Sharpness.Side);
        var (yaw, residual) = MeanFace.Fit(points);
        return new FaceQuality(box.Height, Sharpness.Of(chip), yaw, residual);
    }
}
