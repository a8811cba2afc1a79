using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows.Gateway;

/// <summary>A photo of the class as the pipeline leaves it, with one face, written row by row.</summary>
internal sealed record ProcessedPhoto(PhotoId Photo, FaceId Face, MediaKey File)
{
    public FaceFound Found => new(Photo, Face);

    public FaceStored Stored => new(Photo, Face);

    /// <summary>Colleagues have a picture of the face.</summary>
    /// <param name="question">In whose post; null: a version that asked face by face.</param>
    public static async Task ShowAsync(RecognitionHost host, PhotoId photo, FaceId face, string? question = null)
    {
        var file = await host.Get<IColleagues>().UploadAsync(new byte[] { 1 }, default);
        var at = host.Get<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        await host.Database.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO colleague_pictures (file_id, face_id, photo_id, question_id, picture, uploaded_at) VALUES (@file, @face, @photo, @question, 'rectangle', @at)",
            new { file, face, photo, question, at }));
    }

    /// <param name="verdict">What the search said; null: it was not searched for.</param>
    /// <param name="stored">Whether the face has its record already.</param>
    /// <param name="decision">What was decided about the face; null: nothing yet.</param>
    public static async Task<ProcessedPhoto> AddAsync(RecognitionHost host, Pixels pixels, Box box, string? verdict = "nobody", bool stored = true, string? decision = null) =>
        await AddAsync(host, host.Get<PhotoEncoder>().EncodeJpeg(pixels, 95), pixels.Width, pixels.Height, box, verdict, stored, decision);

    public static async Task<ProcessedPhoto> AddAsync(
        RecognitionHost host, byte[] file, int width, int height, Box box, string? verdict = "nobody", bool stored = true, string? decision = null)
    {
        var media = await host.Media.PutAsync(MediaBucket.Processed, file, "image/jpeg", default);
        var (photo, face) = (PhotoId.New(), FaceId.New());
        var row = new { photo, face, media, width, height, box.X, box.Y, w = box.Width, h = box.Height, verdict, decision = decision ?? "undecided", decidedAt = decision is null ? null : (long?)1 };
        await host.Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO photos (id, group_id, source_id, state, media, file_name, width, height, received_at, client_id)
                VALUES (@photo, 'class', @photo, 'processed', @media, 'maya at the zoo.jpg', @width, @height, 1772352000000, 'gate')
                """,
                row);
            await session.ExecuteAsync(
                """
                INSERT INTO bounding_boxes (face_id, photo_id, position, x, y, width, height, score, landmarks, quality)
                VALUES (@face, @photo, 0, @X, @Y, @w, @h, 0.9, '', '{}')
                """,
                row);
            if (verdict is not null)
                await session.ExecuteAsync("INSERT INTO searches (face_id, photo_id, verdict, near_enough, collection_version) VALUES (@face, @photo, @verdict, 0, 0)", row);
            if (stored)
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO faces (id, photo_id, x, y, width, height, score, verdict, decided_at)
                    VALUES (@face, @photo, @X, @Y, @w, @h, 0.9, @decision, @decidedAt)
                    """,
                    row);
            }
        });
        return new ProcessedPhoto(photo, face, media);
    }
}
