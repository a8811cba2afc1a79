using System.Buffers;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Faces.Onnx.Pictures;
using Atmosphere.Recognition.Faces.Onnx.Runtime;
using Atmosphere.Recognition.Imaging;
using Microsoft.ML.OnnxRuntime;

namespace Atmosphere.Recognition.Faces.Onnx.Detectors;

/// <summary>The built-in detector: SSD on MobileNet v1.</summary>
internal sealed class SsdDetector(OnnxSession session, float scoreAbove = 0.5f) : IFaceDetector
{
    private const int Grid = 32;
    private const float Overlap = 0.5f;

    private readonly float _logitAbove = MathF.Log(scoreAbove / (1 - scoreAbove));

    public List<Candidate> Detect(Pixels photo, View view)
    {
        var (width, height) = (RoundUp(view.Width), RoundUp(view.Height));
        using var picture = Resampler.Resize(photo, view.Region, view.Width, view.Height);
        return [.. Detect(picture, width, height).Select(view.ToPhoto)];
    }

    /// <summary>Boxes in pixels of the picture, which is padded with black to the given size.</summary>
    public List<Candidate> Detect(Picture picture, int width, int height)
    {
        var planes = ArrayPool<float>.Shared.Rent(3 * width * height);
        try
        {
            Planes.Write(picture, ColourScale.Signed, planes, width, height);
            using var outputs = session.Run(planes, [1, 3, height, width]);
            return Suppression.Best(Decode(outputs, width, height), Overlap);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(planes);
        }
    }

    public IEnumerable<View> Views(Pixels photo, DetectionPlan plan, Func<IReadOnlyList<Candidate>> found) => SsdViews.For(photo, plan, found);

    public Box ForLandmarks(Box face) => face;

    public TimeSpan Spent => session.Spent;

    public void Dispose() => session.Dispose();

    private List<Candidate> Decode(IDisposableReadOnlyCollection<OrtValue> outputs, int width, int height)
    {
        var found = new List<Candidate>();
        var (across, down) = (SsdAnchors.Centres(width), SsdAnchors.Centres(height));
        var (columns, rows) = (width / 16, height / 16);
        for (var predictor = 0; predictor < SsdMobileNet.Anchors.Length; predictor++)
        {
            Decode(outputs[predictor].GetTensorDataAsSpan<float>(), SsdAnchors.Sizes[predictor], (columns, rows), across[predictor], down[predictor], found);
            (columns, rows) = ((columns + 1) / 2, (rows + 1) / 2);
        }

        return found;
    }

    private void Decode(
        ReadOnlySpan<float> terms, (float Width, float Height)[] anchors, (int Columns, int Rows) grid,
        (float Stride, float First) across, (float Stride, float First) down, List<Candidate> found)
    {
        var cells = grid.Columns * grid.Rows;
        for (var anchor = 0; anchor < anchors.Length; anchor++)
        {
            var logits = terms.Slice(((4 * anchors.Length) + anchor) * cells, cells);
            var boxes = terms.Slice(4 * anchor * cells, 4 * cells);
            for (var cell = 0; cell < cells; cell++)
            {
                if (logits[cell] <= _logitAbove)
                    continue;

                var (width, height) = anchors[anchor];
                var y = down.First + (cell / grid.Columns * down.Stride) + (boxes[cell] / 10 * height);
                var x = across.First + (cell % grid.Columns * across.Stride) + (boxes[cells + cell] / 10 * width);
                height *= MathF.Exp(boxes[(2 * cells) + cell] / 5);
                width *= MathF.Exp(boxes[(3 * cells) + cell] / 5);
                found.Add(new Candidate(new Box(x - (width / 2), y - (height / 2), width, height), 1 / (1 + MathF.Exp(-logits[cell]))));
            }
        }
    }

    private static int RoundUp(int length) => (length + Grid - 1) / Grid * Grid;
}
