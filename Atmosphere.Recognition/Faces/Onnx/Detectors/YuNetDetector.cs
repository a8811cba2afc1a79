using System.Buffers;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Faces.Onnx.Pictures;
using Atmosphere.Recognition.Faces.Onnx.Runtime;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx.Detectors;

/// <summary>YuNet: a small anchor-free detector for pictures of any size. Three grids, each with class, object and box terms.</summary>
internal sealed class YuNetDetector : IFaceDetector
{
    private const int Grid = 32;
    private const int Side = 640;
    private const float ScoreAbove = 0.6f;
    private const float Overlap = 0.45f;

    private static readonly int[] _strides = [8, 16, 32];

    private readonly OnnxSession _session;
    private readonly int[] _class;
    private readonly int[] _object;
    private readonly int[] _box;

    /// <exception cref="FaceModelException">The network has unexpected outputs.</exception>
    public YuNetDetector(OnnxSession session)
    {
        _session = session;
        var outputs = session.Outputs.ToList();
        (_class, _object, _box) = (Outputs("cls"), Outputs("obj"), Outputs("bbox"));
        using var trial = session.Run(new float[3 * Grid * Grid], [1, 3, Grid, Grid]);

        int[] Outputs(string kind) => [.. _strides.Select(stride => outputs.IndexOf($"{kind}_{stride}") is var index and >= 0
            ? index
            : throw new FaceModelException($"it has no output {kind}_{stride}"))];
    }

    public List<Candidate> Detect(Pixels photo, View view)
    {
        var (width, height) = (RoundUp(view.Width), RoundUp(view.Height));
        using var picture = Resampler.Resize(photo, view.Region, view.Width, view.Height);
        var planes = ArrayPool<float>.Shared.Rent(3 * width * height);
        try
        {
            Planes.Write(picture, ColourScale.BlueFirstBytes, planes, width, height);
            using var outputs = _session.Run(planes, [1, 3, height, width]);
            var found = new List<Candidate>();
            for (var i = 0; i < _strides.Length; i++)
                Decode(Values(_class[i]), Values(_object[i]), Values(_box[i]), width / _strides[i], _strides[i], found);
            return Suppression.Best(found.Select(view.ToPhoto), Overlap);

            ReadOnlySpan<float> Values(int output) => outputs[output].GetTensorDataAsSpan<float>();
        }
        finally
        {
            ArrayPool<float>.Shared.Return(planes);
        }
    }

    public IEnumerable<View> Views(Pixels photo, DetectionPlan plan, Func<IReadOnlyList<Candidate>> found)
    {
        yield return View.Whole(photo, Side);
        if (plan == DetectionPlan.Portrait && found().Count == 0)
            yield return View.Canvas(photo, Side / 2);
    }

    /// <summary>Measured on 636 faces found by both detectors: YuNet's boxes start a little higher and end a little lower.</summary>
    public Box ForLandmarks(Box face) =>
        new(face.X - (0.03f * face.Width), face.Y + (0.07f * face.Height), face.Width * 1.04f, face.Height * 0.9f);

    public TimeSpan Spent => _session.Spent;

    public void Dispose() => _session.Dispose();

    private static void Decode(
        ReadOnlySpan<float> classes, ReadOnlySpan<float> objects, ReadOnlySpan<float> boxes, int columns, int stride, List<Candidate> found)
    {
        for (var cell = 0; cell < classes.Length; cell++)
        {
            var score = MathF.Sqrt(Math.Clamp(classes[cell], 0, 1) * Math.Clamp(objects[cell], 0, 1));
            if (score <= ScoreAbove)
                continue;

            var (x, y) = (((cell % columns) + boxes[4 * cell]) * stride, ((cell / columns) + boxes[(4 * cell) + 1]) * stride);
            var (width, height) = (MathF.Exp(boxes[(4 * cell) + 2]) * stride, MathF.Exp(boxes[(4 * cell) + 3]) * stride);
            found.Add(new Candidate(new Box(x - (width / 2), y - (height / 2), width, height), score));
        }
    }

    private static int RoundUp(int length) => (length + Grid - 1) / Grid * Grid;
}
