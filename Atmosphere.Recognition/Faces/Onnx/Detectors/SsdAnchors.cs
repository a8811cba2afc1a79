namespace Atmosphere.Recognition.Faces.Onnx.Detectors;

/// <summary>
/// The anchor boxes of the SSD's six predictors, in view pixels. The sizes are those of its training at 512 pixels; the centres follow from
/// the strides, for views of any size.
/// </summary>
internal static class SsdAnchors
{
    private const float Trained = 512;
    private static readonly double[] _scales = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1];

    /// <summary>Width and height of each anchor of a predictor's cells.</summary>
    public static readonly (float Width, float Height)[][] Sizes = [.. Enumerable.Range(0, 6).Select(Of)];

    /// <summary>The distance between two cells of each predictor, and the centre of the first cell.</summary>
    /// <param name="length">Pixels of the padded view along the axis.</param>
    public static (float Stride, float First)[] Centres(int length)
    {
        const int firstPredictor = 4;
        var (stride, first) = (1f, 0.5f);
        var centres = new (float, float)[6];
        for (var halving = 1; halving < firstPredictor + centres.Length; halving++)
        {
            // "Same" padding of an even length adds its pixel at the end, of an odd length on both sides.
            first += length % 2 == 0 ? stride / 2 : -stride / 2;
            stride *= 2;
            length = (length + 1) / 2;
            if (halving >= firstPredictor)
                centres[halving - firstPredictor] = (stride, first);
        }

        return centres;
    }

    private static (float Width, float Height)[] Of(int predictor)
    {
        var scale = _scales[predictor];
        return predictor == 0
            ? [Anchor(0.1, 1), Anchor(scale, 2), Anchor(scale, 0.5)]
            : [Anchor(scale, 1), Anchor(Math.Sqrt(scale * _scales[predictor + 1]), 1),
               Anchor(scale, 2), Anchor(scale, 0.5), Anchor(scale, 3), Anchor(scale, 0.3333)];
    }

    private static (float Width, float Height) Anchor(double scale, double ratio) =>
        ((float)(scale * Math.Sqrt(ratio) * Trained), (float)(scale / Math.Sqrt(ratio) * Trained));
}
