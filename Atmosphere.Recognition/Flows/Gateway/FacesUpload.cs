using System.Security.Cryptography;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>
/// Accepts uploads of stations. Each image is one photo and one transaction: an accepted image stays accepted, whatever happens to the rest
/// of the request.
/// </summary>
public sealed class FacesUpload(Database database, IMediaStore media, PhotoIntake intake, IOutbox outbox, TimeProvider clock)
{
    /// <summary>
    /// Stores an image and its message durably, before any processing. A repeated place of the same upload has no second effect.
    /// </summary>
    /// <param name="station">The uploading station.</param>
    /// <param name="place">The position of the image in the upload.</param>
    /// <param name="fileName">The station's name for the file, for messages.</param>
    /// <param name="bytes">The whole file.</param>
    /// <returns>The photo's id; for a repeated upload that of the first time, even if that photo is deleted.</returns>
    /// <exception cref="PhotoRefusedException">The file is not a readable photo; the message is written for the sender.</exception>
    /// <exception cref="OtherImageException">Another image was uploaded at this place before.</exception>
    /// <exception cref="StationDisabledException">The station is disabled; nothing was stored.</exception>
    /// <exception cref="StorageFullException">The disk is full; nothing was stored.</exception>
    public async Task<PhotoId> ReceiveAsync(
        Station station, UploadPlace place, string fileName, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var source = $"{station.Id}/{place.Key}/{place.Index}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        if (await database.ReadAsync(session => UploadTable.FindAsync(session, station.Group, source), cancellation) is { } earlier)
            return SameImage(earlier, digest, place);

        var accepted = await intake.AcceptAsync(bytes, fileName, cancellation);
        var key = await media.PutAsync(MediaBucket.Unprocessed, accepted.Bytes, ContentTypes.Of(accepted.Header.Type), Subjects.GroupPhoto(station.Group), cancellation);
        var photo = new NewPhoto(key.PhotoId(), station.Group, source, key, fileName) { Client = station.Id };
        var stored = await StoreAsync(station, photo, digest, cancellation);
        if (stored.PhotoId != photo.Id)
            await media.DeleteAsync(key, CancellationToken.None);
        return SameImage(stored, digest, place);
    }

    private async Task<UploadedImage> StoreAsync(Station station, NewPhoto photo, string digest, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAsync(
                async session =>
                {
                    if (!await Stations.IsEnabledAsync(session, station.Id))
                        throw new StationDisabledException(station);

                    var now = clock.GetUtcNow();
                    var image = new UploadedImage { PhotoId = photo.Id, Digest = digest };
                    var stored = await UploadTable.AddAsync(session, station.Group, station.Id, photo.SourceId, image, now);
                    if (stored.PhotoId == photo.Id && await PhotoTable.AddAsync(session, photo, now))
                        await outbox.SendAsync(session, new RecognisePhoto(photo.Id));
                    return stored;
                },
                cancellation);
        }
        catch
        {
            await media.DeleteAsync(photo.Media!.Value, CancellationToken.None);
            throw;
        }
    }

    private static PhotoId SameImage(UploadedImage stored, string digest, UploadPlace place) =>
        stored.Digest is null || stored.Digest == digest ? stored.PhotoId : throw new OtherImageException(place);
}

/// <summary>The position of an image in an upload.</summary>
/// <param name="Key">The station's id of the upload.</param>
/// <param name="Index">Index of the image, starting at 0.</param>
public readonly record struct UploadPlace(string Key, int Index);

/// <summary>The upload's key was used before with other bytes.</summary>
public sealed class OtherImageException(UploadPlace place) : Exception(
    $"Image {place.Index + 1} is not the one that was sent with this Idempotency-Key before. Send the same images in the same order, or use a new key.");

/// <summary>The station is disabled.</summary>
public sealed class StationDisabledException(Station station)
    : Exception($"The client '{station.Name}' is disabled. Ask the operator to enable it: atmosphere clients enable {station.Id}");
