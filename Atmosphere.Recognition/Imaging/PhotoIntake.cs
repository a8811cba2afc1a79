using Atmosphere.Recognition.Imaging.Heif;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Imaging;

/// <summary>
/// The one door of photos: their content decides what they are, whatever they were declared as. A HEIC photo becomes a JPEG here, where the
/// system has libheif, so that nothing behind this door knows of it.
/// </summary>
public sealed class PhotoIntake : IDisposable
{
    private readonly PhotoDecoder _decoder;
    private readonly ImagingOptions _options;
    private readonly HeifProcess _heif;
    private readonly ILogger<PhotoIntake> _log;

    /// <param name="program">How HEIC photos are decoded in a process of their own; null: they are refused.</param>
    public PhotoIntake(PhotoDecoder decoder, ImagingOptions options, ILogger<PhotoIntake> log, OwnProgram? program = null)
    {
        (_decoder, _options, _log) = (decoder, options, log);
        _heif = new HeifProcess(program?.File, program?.Arguments ?? []);
    }

    /// <summary>Reads type and size, and converts HEIC to JPEG with its colour profile and EXIF data.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The sender's name for the photo, used in the refusal message.</param>
    /// <exception cref="PhotoRefusedException">The file is not a supported photo, is damaged, or is too large.</exception>
    public async Task<AcceptedPhoto> AcceptAsync(ReadOnlyMemory<byte> bytes, string name, CancellationToken cancellation)
    {
        var signature = PhotoSignature.Of(bytes.Span);
        if (!signature.IsHeic)
            return new AcceptedPhoto(bytes, _decoder.Inspect(bytes, name));

        _decoder.CheckSize(bytes.Length, name);
        var refusals = new Refusals(name);
        var most = _options.MaxMegapixels * 1_000_000L;
        // Before any codec sees the file.
        if (HeifSize.Of(bytes.Span) is not { } size)
            throw refusals.Damaged(signature, null);
        if (size.Width * size.Height > most)
            throw refusals.TooManyPixels(size.Width, size.Height, _options.MaxMegapixels);

        var result = await _heif.DecodeAsync(bytes, size.Width * size.Height, most, cancellation);
        if (result.Verdict == HeifVerdict.Unavailable)
            _log.LogWarning("A HEIC photo is refused: libheif is not there. {Remedy}", HeicRemedy);
        var picture = result.Picture ?? throw (result.Verdict switch
        {
            HeifVerdict.TooManyPixels => refusals.TooManyPixels(size.Width, size.Height, _options.MaxMegapixels),
            HeifVerdict.Unavailable => refusals.NotRead(signature, HeicRemedy),
            _ => refusals.Damaged(signature, null),
        });
        ReadOnlyMemory<byte> jpeg = PhotoEncoder.EncodeJpeg(picture, _options.MaxBytes);
        return new AcceptedPhoto(jpeg, _decoder.Inspect(jpeg, name));
    }

    /// <summary>What operators do where HEIC photos cannot be read.</summary>
    public const string HeicRemedy = "On Debian and Ubuntu: apt-get install libheif1. Without it photos that iPhones send as documents are refused.";

    /// <returns>The version of libheif; null if HEIC photos cannot be read here.</returns>
    public Task<string?> HeicVersionAsync(CancellationToken cancellation) => _heif.VersionAsync(cancellation);

    public void Dispose() => _heif.Dispose();
}

/// <param name="Bytes">The file to store.</param>
/// <param name="Header">Type and size of that file.</param>
public sealed record AcceptedPhoto(ReadOnlyMemory<byte> Bytes, PhotoHeader Header);
