using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Finds the confirmed face in each photo sent by a parent.</summary>
internal sealed class EnrolmentFaces(IMediaStore media, PhotoDecoder decoder, IFaceEngine engine, ILogger<EnrolmentFaces> log)
{
    /// <summary>Minimum overlap: the same engine finds the face at the same place, so much less overlap is another face.</summary>
    private const float SameFace = 0.5f;

    /// <summary>
    /// One face per photo; photos that are gone, or in which the face is not found again, are skipped. The face gets the file's id.
    /// </summary>
    public async Task<IReadOnlyList<FaceToIndex>> FindAsync(IReadOnlyList<EnrolmentRow> photos, CancellationToken cancellation)
    {
        var faces = new List<FaceToIndex>();
        foreach (var photo in photos)
        {
            try
            {
                if (await FindAsync(photo, cancellation) is { } embedding)
                    faces.Add(new FaceToIndex(photo.Media.FaceId(), embedding));
                else
                    log.LogWarning("The confirmed face is not found again in {Media}", photo.Media);
            }
            catch (Exception error) when (error is PhotoRefusedException or MediaNotFoundException)
            {
                log.LogWarning(error, "{Media} gives no face", photo.Media);
            }
        }

        return faces;
    }

    private async Task<Embedding?> FindAsync(EnrolmentRow photo, CancellationToken cancellation)
    {
        var pixels = decoder.Decode(await media.GetAsync(photo.Media, cancellation), "The photo");
        var found = await engine.DetectAsync(pixels, DetectionPlan.Portrait, cancellation);
        var face = found.MaxBy(face => face.Box.Iou(photo.Box));
        return face is null || face.Box.Iou(photo.Box) < SameFace
            ? null
            : (await engine.EmbedAsync(pixels, [face], cancellation))[0].Embedding;
    }
}
