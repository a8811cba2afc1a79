using System.Numerics;

namespace Atmosphere.Recognition.Imaging;

/// <summary>
/// A 64-bit hash that barely changes when a picture is shrunk, recompressed or slightly darkened. Each bit compares one of the 8 x 8 lowest
/// frequencies of a 32 x 32 cosine transform of the brightness with their median. A mirrored picture has a different hash.
/// </summary>
public static class PerceptualHash
{
    private const int Side = 32;
    private const int Waves = 8;
    private static readonly double[,] _cosines = Cosines();

    public static long Of(Pixels photo)
    {
        var rows = new double[Side, Waves];
        var grey = Shrink(photo);
        for (var y = 0; y < Side; y++)
        {
            for (var wave = 0; wave < Waves; wave++)
            {
                for (var x = 0; x < Side; x++)
                    rows[y, wave] += grey[y, x] * _cosines[wave, x];
            }
        }

        var waves = new double[Waves * Waves];
        for (var down = 0; down < Waves; down++)
        {
            for (var across = 0; across < Waves; across++)
            {
                for (var y = 0; y < Side; y++)
                    waves[(down * Waves) + across] += rows[y, across] * _cosines[down, y];
            }
        }

        // The first coefficient is the mean brightness, which says nothing about the content.
        var sorted = waves[1..].Order().ToArray();
        var median = sorted[sorted.Length / 2];
        var hash = 0UL;
        for (var bit = 1; bit < waves.Length; bit++)
            hash |= waves[bit] > median ? 1UL << bit : 0;
        return unchecked((long)hash);
    }

    /// <summary>The number of bits, of 63, in which two hashes differ: 0 for equal pictures, about 31 for unrelated ones.</summary>
    public static int Distance(long one, long other) => BitOperations.PopCount(unchecked((ulong)(one ^ other)));

    /// <summary>The mean brightness of each of 32 x 32 tiles.</summary>
    private static double[,] Shrink(Pixels photo)
    {
        var grey = new double[Side, Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
                grey[y, x] = Brightness(photo, x, y);
        }

        return grey;
    }

    private static double Brightness(Pixels photo, int x, int y)
    {
        var (left, right) = Part(x, photo.Width);
        var (top, bottom) = Part(y, photo.Height);
        long sum = 0;
        for (var row = top; row < bottom; row++)
        {
            var line = photo.Rgb.AsSpan(((row * photo.Width) + left) * 3, (right - left) * 3);
            for (var at = 0; at < line.Length; at += 3)
                sum += (299 * line[at]) + (587 * line[at + 1]) + (114 * line[at + 2]);
        }

        return sum / 1000.0 / ((right - left) * (bottom - top));
    }

    private static (int From, int To) Part(int part, int length)
    {
        var from = Math.Min((int)((long)part * length / Side), length - 1);
        return (from, Math.Max(from + 1, (int)((long)(part + 1) * length / Side)));
    }

    private static double[,] Cosines()
    {
        var cosines = new double[Waves, Side];
        for (var wave = 0; wave < Waves; wave++)
        {
            for (var at = 0; at < Side; at++)
                cosines[wave, at] = Math.Cos(Math.PI / Side * (at + 0.5) * wave);
        }

        return cosines;
    }
}
