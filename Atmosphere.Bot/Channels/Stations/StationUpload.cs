using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>
/// Processes the images of a request one by one: each is accepted, or refused with its own reason, independent of the others.
/// </summary>
internal sealed class StationUpload(
    FacesUpload upload, PhotoDecoder decoder, IOptions<StationOptions> options, IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.Value.RequestsAtOnce);

    /// <summary>Adds an entry for every image to the list, even if the rest of the request cannot be read.</summary>
    /// <exception cref="RefusedRequestException">The rest of the request cannot be read; images accepted so far stay accepted.</exception>
    /// <exception cref="StorageFullException">The disk is full; images accepted so far stay accepted.</exception>
    public async Task TakeAsync(HttpContext context, Station station, List<ImageAnswer> images)
    {
        var key = IdempotencyKey.Of(context.Request);
        using var parts = ImageParts.Of(context, options.Value.MaxRequestBytes, decoder.MaxBytes);
        if (!await _turns.WaitAsync(options.Value.WaitForTurn, context.RequestAborted))
            throw Later(context, "Too many uploads are being read already.");
        try
        {
            while (await parts.NextAsync(context.RequestAborted) is { } part)
            {
                if (images.Count == options.Value.MaxImages)
                    throw new RefusedRequestException(413, $"At most {options.Value.MaxImages} images can be sent at once. Send the others in another request.");
                if (lifetime.ApplicationStopping.IsCancellationRequested)
                    throw Later(context, "The server is being stopped.");
                images.Add(await TakeAsync(station, new UploadPlace(key, images.Count), part, context.RequestAborted));
            }
        }
        finally
        {
            _ = _turns.Release();
        }

        if (images.Count == 0)
            throw new RefusedRequestException(422, "There is no image in the request. Add each as a file, such as: curl -F image=@photo.jpg");
    }

    public void Dispose() => _turns.Dispose();

    private async Task<ImageAnswer> TakeAsync(Station station, UploadPlace place, ImagePart part, CancellationToken cancellation)
    {
        try
        {
            decoder.CheckSize(part.Length, part.Name);
            return ImageAnswer.Accepted(part.Name, await upload.ReceiveAsync(station, place, part.Name, part.Bytes, cancellation));
        }
        catch (PhotoRefusedException refused)
        {
            return ImageAnswer.Refused(part.Name, StatusOf(refused.Refusal), refused.Message);
        }
        catch (OtherImageException other)
        {
            throw new RefusedRequestException(422, other.Message);
        }
        catch (StationDisabledException)
        {
            throw StationDoor.Disabled(station);
        }
    }

    private static int StatusOf(PhotoRefusal refusal) => refusal switch
    {
        PhotoRefusal.TooLarge or PhotoRefusal.TooManyPixels => StatusCodes.Status413PayloadTooLarge,
        PhotoRefusal.UnsupportedType or PhotoRefusal.NotAPhoto => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static RefusedRequestException Later(HttpContext context, string reason)
    {
        context.Response.Headers.RetryAfter = "10";
        return new RefusedRequestException(503, $"{reason} Send it again in a few seconds, with the same {IdempotencyKey.Header}.");
    }
}
