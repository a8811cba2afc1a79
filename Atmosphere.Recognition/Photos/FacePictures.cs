using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Photos;

/// <summary>
/// Crops faces from photos, as JPEG without EXIF. Steps of the flow store the pictures; a caller that needs one earlier gets it cropped on
/// demand and not stored.
/// </summary>
internal sealed class FacePictures(Database database, IMediaStore media, RecentPhotos photos, PhotoEncoder encoder)
{
    private const int Quality = 85;

    // A refusal is logged, and the log must not contain the sender's name for the photo.
    private const string Name = "The photo";

    /// <summary>The picture, stored or cropped on demand.</summary>
    /// <returns>A JPEG file; null if the face or its photo is gone.</returns>
    public async Task<byte[]?> GetAsync(PhotoId photo, FaceId face, FacePicture picture, CancellationToken cancellation)
    {
        if (await FindAsync(photo, face, cancellation) is not { } row)
            return null;

        try
        {
            if (row.Of(picture) is { } stored)
                return await media.GetAsync(stored, cancellation);
        }
        catch (MediaNotFoundException)
        {
            // The stored picture was deleted before its photo.
        }

        return await CutAsync(row, picture, cancellation);
    }

    /// <summary>Crops the picture and adds it to the face's record, unless the record has one.</summary>
    public async Task<Effects> StoreAsync(PhotoId photo, FaceId face, FacePicture picture, CancellationToken cancellation)
    {
        var row = await FindAsync(photo, face, cancellation);
        if (row is not { Record: not null } || row.Of(picture) is not null || await CutAsync(row, picture, cancellation) is not { } jpeg)
            return Effects.None;

        var (bucket, subjects) = picture == FacePicture.Rectangle
            ? (MediaBucket.Rectangles, Subjects.FaceCrop(photo, face))
            : (MediaBucket.ZoomIns, Subjects.FaceZoomIn(photo, face));
        var key = await media.PutAsync(bucket, jpeg, "image/jpeg", subjects, cancellation);
        var kept = false;
        return new Effects()
            .Change(async session => kept = await FacePictureTable.SetAsync(session, face, picture, key))
            .Afterwards(() => kept ? Task.CompletedTask : media.DeleteAsync(key, CancellationToken.None));
    }

    private Task<FacePictureRow?> FindAsync(PhotoId photo, FaceId face, CancellationToken cancellation) =>
        database.ReadAsync(session => FacePictureTable.FindAsync(session, photo, face), cancellation);

    private async Task<byte[]?> CutAsync(FacePictureRow row, FacePicture picture, CancellationToken cancellation)
    {
        if (row.File is not { } file)
            return null;

        try
        {
            return Cut(await photos.GetAsync(file, Name, row.ToUpright, cancellation), row.Box, picture);
        }
        catch (MediaNotFoundException)
        {
            return null;
        }
    }

    private byte[] Cut(Pixels photo, Box face, FacePicture picture)
    {
        if (picture == FacePicture.Rectangle)
            return encoder.EncodeJpeg(photo.Crop(FaceWindows.Rectangle(face, photo.Width, photo.Height)), Quality);

        var window = photo.Crop(FaceWindows.ZoomIn(face, photo.Width, photo.Height));
        return encoder.EncodeJpeg(window.Width <= FaceWindows.ZoomWidth ? window : Smaller(window), Quality);
    }

    private Pixels Smaller(Pixels window) =>
        encoder.Resize(window, FaceWindows.ZoomWidth, Math.Max(1, (int)Math.Round((double)window.Height * FaceWindows.ZoomWidth / window.Width)));
}
