using System.Globalization;
using Atmosphere.Recognition.Imaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console.Sort;

/// <summary>Reads and decodes photo files.</summary>
internal sealed class PhotoReading(PhotoDecoder decoder, PhotoIntake intake, IOptions<ImagingOptions> options)
{
    /// <exception cref="UnreadablePhotoException">The file cannot be read or is not a supported photo.</exception>
    public async Task<Pixels> ReadAsync(PhotoFile photo, CancellationToken cancellation)
    {
        if (photo.Length > options.Value.MaxBytes)
        {
            throw new UnreadablePhotoException(string.Create(
                CultureInfo.InvariantCulture,
                $"{photo.Name} has {photo.Length / 1e6:N0} MB; photos up to {options.Value.MaxBytes / 1e6:N0} MB are read. Send a smaller one, or raise {ImagingOptions.Section}:MaxBytes."));
        }

        try
        {
            var accepted = await intake.AcceptAsync(await File.ReadAllBytesAsync(photo.Path, cancellation), photo.Name, cancellation);
            return decoder.Decode(accepted.Bytes, photo.Name);
        }
        catch (PhotoRefusedException refused)
        {
            throw new UnreadablePhotoException(refused.Message, refused);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new UnreadablePhotoException($"{photo.Name} cannot be read: {failed.Message}", failed);
        }
    }
}

/// <summary>One photo cannot be read; the run continues with the others.</summary>
internal sealed class UnreadablePhotoException(string message, Exception? cause = null) : Exception(message, cause);
