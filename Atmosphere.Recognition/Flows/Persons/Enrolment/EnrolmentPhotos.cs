using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Imaging.Drawing;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>
/// Examines each photo once with the face engine. Created per message, and its vectors are discarded with it: before consent no biometric
/// data is stored.
/// </summary>
internal sealed class EnrolmentPhotos(IMediaStore media, PhotoDecoder decoder, PhotoEncoder encoder, IFaceEngine engine, IFaceCollections collections)
    : IEnrolmentPhotos
{
    // About 1 in 100 pairs of strangers is nearer than 0.45; photos of one person are rarely more than 0.4 apart.
    private const float ClearlyAnother = 0.45f;
    private const int ComparedPhotos = 2;
    private const int PictureSide = 1024;
    private readonly Dictionary<EnrolmentPhoto, Embedding?> _seen = [];

    public async Task<CheckedPhoto> CheckAsync(MediaKey media, string name, CancellationToken cancellation)
    {
        var (pixels, faces) = await DetectAsync(media, name, cancellation);
        var described = faces.Count == 0 ? [] : await engine.EmbedAsync(pixels, faces, cancellation);
        foreach (var face in described)
            _seen[new EnrolmentPhoto(media, face.Face.Box)] = face.Embedding;
        return new CheckedPhoto(media, [.. described.Select(face => new CheckedFace(face.Face.Box, EnrolmentQuality.ProblemOf(face)))]);
    }

    public async Task<bool> IsSomebodyElseAsync(EnrolmentPhoto photo, IReadOnlyList<EnrolmentPhoto> earlier, CancellationToken cancellation)
    {
        if (earlier.Count == 0 || await EmbedAsync(photo, cancellation) is not { } face)
            return false;

        foreach (var other in earlier.Take(ComparedPhotos))
        {
            if (await EmbedAsync(other, cancellation) is not { } known || face.DistanceTo(known) <= ClearlyAnother)
                return false;
        }

        return true;
    }

    public async Task<PersonId?> FindLookAlikeAsync(GroupId group, IReadOnlyList<EnrolmentPhoto> photos, CancellationToken cancellation)
    {
        var faces = new List<Embedding>();
        foreach (var photo in photos)
        {
            if (await EmbedAsync(photo, cancellation) is { } face)
                faces.Add(face);
        }

        try
        {
            return faces.Count > 0
                && await collections.SearchUsersByImageAsync(CollectionId.Of(group), Embedding.Mean(faces), cancellation) is { NearEnough: true, Matches: [var first, ..] }
                ? first.User
                : null;
        }
        catch (CollectionNotFoundException)
        {
            // The group has no registered persons yet.
            return null;
        }
    }

    public async Task<byte[]> DrawNumbersAsync(EnrolmentPhoto photo, IReadOnlyList<Box> boxes, CancellationToken cancellation)
    {
        var pixels = await DecodeAsync(photo.Media, "The photo", cancellation);
        var (shrunk, scale) = encoder.Shrink(pixels, PictureSide);
        var placed = boxes.Select(box => box.ScaledBy(scale)).ToList();
        return encoder.EncodeJpeg(NumberedBoxes.Draw(shrunk, placed), quality: 85);
    }

    public async Task<byte[]> CropAsync(EnrolmentPhoto photo, CancellationToken cancellation)
    {
        var pixels = await DecodeAsync(photo.Media, "The photo", cancellation);
        return FaceCrop.Of(pixels, photo.Box, encoder);
    }

    /// <summary>The vector of the face at the box; null if it is not found again.</summary>
    private async Task<Embedding?> EmbedAsync(EnrolmentPhoto photo, CancellationToken cancellation)
    {
        if (!_seen.TryGetValue(photo, out var embedding))
            _seen[photo] = embedding = await LookAgainAsync(photo, cancellation);
        return embedding;
    }

    private async Task<Embedding?> LookAgainAsync(EnrolmentPhoto photo, CancellationToken cancellation)
    {
        var (pixels, faces) = await DetectAsync(photo.Media, "The photo", cancellation);
        if (faces.MaxBy(face => face.Box.Iou(photo.Box)) is not { } face || face.Box.Iou(photo.Box) <= 0)
            return null;
        return (await engine.EmbedAsync(pixels, [face], cancellation))[0].Embedding;
    }

    private async Task<(Pixels Pixels, IReadOnlyList<DetectedFace> Faces)> DetectAsync(MediaKey key, string name, CancellationToken cancellation)
    {
        var pixels = await DecodeAsync(key, name, cancellation);
        return (pixels, await engine.DetectAsync(pixels, DetectionPlan.Portrait, cancellation));
    }

    private async Task<Pixels> DecodeAsync(MediaKey key, string name, CancellationToken cancellation) =>
        decoder.Decode(await media.GetAsync(key, cancellation), name);
}
