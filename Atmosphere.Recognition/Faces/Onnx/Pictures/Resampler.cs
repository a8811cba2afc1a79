using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx.Pictures;

/// <summary>Cuts a region out of a photo and scales it with antialiasing. Outside the photo it is black or repeats the border.</summary>
internal static class Resampler
{
    private const int Rgb = 3;

    public static Picture Resize(Pixels photo, Box region, int width, int height, bool extend = false)
    {
        var across = new Taps(photo.Width, region.X, region.Width, width, extend);
        var down = new Taps(photo.Height, region.Y, region.Height, height, extend);
        var (from, to) = across.Used();

        var picture = new Picture(width, height);
        var row = ArrayPool<float>.Shared.Rent(((to - from) * Rgb) + Vector<byte>.Count);
        try
        {
            for (var y = 0; y < height; y++)
            {
                if (down.Weights(y).IsEmpty || to == from)
                {
                    picture.Row(y).Clear();
                    continue;
                }

                Mix(photo, down.First(y), down.Weights(y), from * Rgb, row.AsSpan(0, (to - from) * Rgb));
                Squeeze(row, from, across, picture.Row(y));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(row);
        }

        return picture;
    }

    /// <summary>The weighted sum of photo rows, from the given byte of each.</summary>
    private static void Mix(Pixels photo, int first, ReadOnlySpan<float> weights, int offset, Span<float> row)
    {
        var stride = photo.Width * Rgb;
        ref var source = ref MemoryMarshal.GetReference(photo.Rgb.AsSpan((first * stride) + offset));
        ref var target = ref MemoryMarshal.GetReference(row);
        var at = 0;
        for (; at + Vector<byte>.Count <= row.Length; at += Vector<byte>.Count)
        {
            var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (var i = 0; i < weights.Length; i++)
            {
                var weight = new Vector<float>(weights[i]);
                Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)((i * stride) + at)), out var low, out var high);
                Vector.Widen(low, out var low0, out var low1);
                Vector.Widen(high, out var high0, out var high1);
                a = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(low0.As<uint, int>()), weight, a);
                b = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(low1.As<uint, int>()), weight, b);
                c = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(high0.As<uint, int>()), weight, c);
                d = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(high1.As<uint, int>()), weight, d);
            }

            a.StoreUnsafe(ref target, (nuint)at);
            b.StoreUnsafe(ref target, (nuint)(at + Vector<float>.Count));
            c.StoreUnsafe(ref target, (nuint)(at + (2 * Vector<float>.Count)));
            d.StoreUnsafe(ref target, (nuint)(at + (3 * Vector<float>.Count)));
        }

        for (; at < row.Length; at++)
        {
            var sum = 0f;
            for (var i = 0; i < weights.Length; i++)
                sum += Unsafe.Add(ref source, (i * stride) + at) * weights[i];
            Unsafe.Add(ref target, at) = sum;
        }
    }

    /// <summary>One output row from a mixed row. The rented row is longer than its pixels, so reading a fourth float is safe.</summary>
    private static void Squeeze(float[] row, int from, Taps across, Span<float> output)
    {
        ref var source = ref MemoryMarshal.GetArrayDataReference(row);
        for (var x = 0; x < output.Length / Picture.Channels; x++)
        {
            var weights = across.Weights(x);
            var at = (across.First(x) - from) * Rgb;
            var sum = Vector128<float>.Zero;
            for (var i = 0; i < weights.Length; i++, at += Rgb)
                sum = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref source, (nuint)at), Vector128.Create(weights[i]), sum);
            sum.CopyTo(output[(x * Picture.Channels)..]);
        }
    }
}
