using System.Buffers;

namespace Atmosphere.Recognition.Faces.Onnx.Pictures;

/// <summary>
/// A resized piece of a photo: Width * Height pixels of four floats: red, green, blue (0..255) and an unused one.
/// Rented memory; disposing returns it.
/// </summary>
internal sealed class Picture(int width, int height) : IDisposable
{
    public const int Channels = 4;

    private readonly float[] _pixels = ArrayPool<float>.Shared.Rent(width * height * Channels);

    public int Width => width;

    public int Height => height;

    public Span<float> Pixels => _pixels.AsSpan(0, width * height * Channels);

    public Span<float> Row(int y) => _pixels.AsSpan(y * width * Channels, width * Channels);

    public void Dispose() => ArrayPool<float>.Shared.Return(_pixels);
}
