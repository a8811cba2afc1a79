using System.Runtime.InteropServices;
using NetVips;

namespace Atmosphere.Recognition.Imaging;

/// <summary>A photo whose header has been read and accepted.</summary>
internal sealed class OpenedPhoto
{
    private const byte Mark = 0xFF;
    private const byte OtherFiller = 0x55;
    private const int FillerLength = 64;

    // Some programs lose this last mark of a JPEG.
    private static readonly byte[] _endOfImage = [Mark, 0xD9];
    private static readonly byte[] _startOfScan = [Mark, 0xDA];

    private readonly byte[] _bytes;

    // The same file with another end, where a JPEG lacks its own; otherwise null.
    private readonly byte[]? _endedOtherwise;
    private readonly Refusals _refusals;
    private readonly PhotoSignature _signature;
    private readonly (int Width, int Height) _stored;

    private OpenedPhoto(ImagingOptions options, ReadOnlyMemory<byte> bytes, PhotoSignature signature, Refusals refusals)
    {
        _refusals = refusals;
        _signature = signature;
        var lacksEnd = signature.Type == PhotoType.Jpeg && !HasEnd(bytes.Span);
        _endedOtherwise = lacksEnd ? Ended(bytes.Span, OtherFiller) : null;
        _bytes = lacksEnd ? Ended(bytes.Span, filler: 0)
            : MemoryMarshal.TryGetArray(bytes, out var part) && part.Count == part.Array!.Length ? part.Array : bytes.ToArray();
        try
        {
            using var image = Load(_bytes, shrink: 1);
            _stored = (image.Width, image.Height);
            Header = PhotoOrientation.Upright(signature.Type!.Value, image.Width, image.Height, PhotoOrientation.Of(image));
        }
        catch (VipsException error)
        {
            throw refusals.Damaged(signature, error);
        }

        if ((long)Header.Width * Header.Height > options.MaxMegapixels * 1_000_000L)
            throw refusals.TooManyPixels(Header.Width, Header.Height, options.MaxMegapixels);
    }

    public PhotoHeader Header { get; }

    public static OpenedPhoto Open(ImagingOptions options, ReadOnlyMemory<byte> bytes, string name)
    {
        var refusals = new Refusals(name);
        if (bytes.IsEmpty)
            throw refusals.Empty();
        if (bytes.Length > options.MaxBytes)
            throw refusals.TooLarge(bytes.Length, options.MaxBytes);

        var signature = PhotoSignature.Of(bytes.Span);
        return signature.Type is null
            ? throw refusals.NotRead(signature)
            : new OpenedPhoto(options, bytes, signature, refusals);
    }

    public PhotoExif Exif()
    {
        try
        {
            using var image = Load(_bytes, shrink: 1);
            return ExifFields.Read(field => image.Contains(field) ? image.Get(field) as string : null);
        }
        catch (VipsException error)
        {
            throw _refusals.Damaged(_signature, error);
        }
    }

    public Pixels Decode(int? maxSide)
    {
        try
        {
            var pixels = Decode(_bytes, maxSide);
            // A decoder fills lines that are not there from whatever follows: then other bytes make another picture.
            if (_endedOtherwise is not null && !Decode(_endedOtherwise, maxSide).Rgb.AsSpan().SequenceEqual(pixels.Rgb))
                throw _refusals.Damaged(_signature, new VipsException("lines are missing"));
            return pixels;
        }
        catch (VipsException error)
        {
            throw _refusals.Damaged(_signature, error);
        }
    }

    private Pixels Decode(byte[] bytes, int? maxSide)
    {
        var scale = maxSide is { } side ? Math.Min(1, (double)side / Math.Max(_stored.Width, _stored.Height)) : 1;
        using var loaded = Load(bytes, Shrink(scale));
        // A picture with a profile keeps its own numbers until it is small: converting them is what costs.
        var convert = loaded.HasOtherColours();
        using var colours = convert ? loaded.Copy() : loaded.ToRgb();
        using var sized = scale < 1 ? colours.ToSize(Scaled(_stored.Width, scale), Scaled(_stored.Height, scale)) : null;
        using var converted = convert ? (sized ?? colours).FromProfile() : null;
        return PhotoOrientation.Apply(converted ?? sized ?? colours, Header.Orientation);
    }

    /// <summary>Whether the last scan ends. Cameras append films and other data after that, and a preview before it has an end of its own.</summary>
    private static bool HasEnd(ReadOnlySpan<byte> jpeg) =>
        jpeg.EndsWith(_endOfImage) || jpeg[Math.Max(jpeg.LastIndexOf(_startOfScan), 0)..].IndexOf(_endOfImage) >= 0;

    /// <summary>A JPEG without its end, closed by bytes that no line needs, and the mark.</summary>
    private static byte[] Ended(ReadOnlySpan<byte> jpeg, byte filler) => [.. jpeg.TrimEnd(Mark), .. Enumerable.Repeat(filler, FillerLength), .. _endOfImage];

    private static int Scaled(int side, double scale) => Math.Max(1, (int)Math.Round(side * scale));

    /// <summary>How far the JPEG decoder itself can shrink while each side keeps at least twice the pixels needed.</summary>
    private int Shrink(double scale) => _signature.Type != PhotoType.Jpeg ? 1 : scale switch
    {
        <= 1 / 16.0 => 8,
        <= 1 / 8.0 => 4,
        <= 1 / 4.0 => 2,
        _ => 1,
    };

    /// <summary>Reads the header. The file's content decides the loader, so libvips never guesses one.</summary>
    private Image Load(byte[] bytes, int shrink)
    {
        var options = new VOption { { "access", Enums.Access.Sequential }, { "fail_on", Enums.FailOn.Error } };
        if (shrink > 1)
            options.Add("shrink", shrink);
        return (Image)Operation.Call(Loader(_signature.Type!.Value), options, bytes);
    }

    private static string Loader(PhotoType type) => type switch
    {
        PhotoType.Jpeg => "jpegload_buffer",
        PhotoType.Png => "pngload_buffer",
        PhotoType.WebP => "webpload_buffer",
        PhotoType.Gif => "gifload_buffer",
        PhotoType.Tiff => "tiffload_buffer",
        PhotoType.Avif => "heifload_buffer",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No loader."),
    };
}
