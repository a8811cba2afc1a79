using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Naming;

/// <summary>
/// Holds faces that <see cref="LearningGate"/> did not pass, and asks about them. Stores only the face with some surroundings, without a
/// vector: until somebody who knows the person confirms the face, it may be a child without consent.
/// </summary>
internal sealed class HeldFaces(Database database, IMediaStore media, PhotoDecoder decoder, PhotoEncoder encoder, TimeProvider clock)
{
    private const float Surroundings = 2.4f;
    private const int LongestSide = 480;
    private const int ShownHeight = 240;
    private const int Gap = 8;
    private const int Quality = 90;

    /// <summary>Stores pictures of the faces in a parent's photos; <see cref="HoldAsync"/> makes them effective.</summary>
    /// <param name="photos">The parent's photos.</param>
    /// <param name="faces">The faces to hold.</param>
    /// <param name="portrait">Picture of the person's learned face; null: none is kept.</param>
    public async Task<IReadOnlyList<HeldFace>> PrepareAsync(
        PersonId person, ParticipantId from, IEnumerable<EnrolmentRow> photos, IReadOnlyList<FaceToIndex> faces, MediaKey? portrait,
        CancellationToken cancellation)
    {
        var held = new List<HeldFace>();
        foreach (var photo in photos.Where(photo => faces.Any(face => face.Face == photo.Media.FaceId())))
        {
            var pixels = decoder.Decode(await media.GetAsync(photo.Media, cancellation), "The photo");
            held.Add(await PrepareAsync(person, from, photo.Media.FaceId(), pixels, photo.Box, portrait, cancellation));
        }

        return held;
    }

    /// <summary>Stores pictures of the face of a person who is not learned yet.</summary>
    /// <param name="like">The registered person that it looks like; null: none.</param>
    /// <param name="portrait">Picture of that person's learned face; null: none is kept.</param>
    public async Task<HeldFace> PrepareRegistrationAsync(PersonRow person, EnrolmentRow photo, PersonId? like, MediaKey? portrait, CancellationToken cancellation)
    {
        var pixels = decoder.Decode(await media.GetAsync(photo.Media, cancellation), "The photo");
        // One a registration, however often it is looked at.
        var pair = await PrepareAsync(person.Id, person.Owner, new FaceId($"registration-{person.Id}"), pixels, photo.Box, portrait, cancellation, like);
        return pair with { Kind = HeldFace.OfRegistration, LikeId = like };
    }

    /// <summary>Stores pictures of a face in a group photo that colleagues say is the person.</summary>
    /// <returns>Empty if the photo is gone.</returns>
    public async Task<IReadOnlyList<HeldFace>> PrepareTaggedAsync(PersonId person, FoundFace face, CancellationToken cancellation)
    {
        var (file, portrait) = await database.ReadAsync(
            async session => (
                await PhotoTable.OfFacesAsync(session, [face.Id]) is [var photo, ..] ? (await PhotoTable.FindAsync(session, photo))?.Media : null,
                await PersonTable.PortraitAsync(session, person)),
            cancellation);
        try
        {
            return file is { } photo
                ? [await PrepareAsync(person, null, face.Id, decoder.Decode(await media.GetAsync(photo, cancellation), "The photo"), face.Face.Box, portrait, cancellation)]
                : [];
        }
        catch (MediaNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Stores one picture of faces in group photos that were matched with the person, beside the learned one.</summary>
    /// <returns>Null if their photos are gone.</returns>
    public async Task<HeldFace?> PrepareMatchesAsync(PersonId person, IReadOnlyList<FoundFace> faces, MediaKey? portrait, CancellationToken cancellation)
    {
        var shown = new List<(FaceId Face, Pixels Picture)>();
        foreach (var face in faces)
        {
            var file = await database.ReadAsync(
                async session => await PhotoTable.OfFacesAsync(session, [face.Id]) is [var photo, ..] ? (await PhotoTable.FindAsync(session, photo))?.Media : null, cancellation);
            if (file is { } kept && await CropAsync(kept, face.Face.Box, cancellation) is { } crop)
                shown.Add((face.Id, crop));
        }

        if (shown.Count == 0)
            return null;
        var known = portrait is { } learned ? decoder.Decode(await media.GetAsync(learned, cancellation), "The learned face") : null;
        var id = new FaceId($"matches-{shown[0].Face}");
        return new HeldFace
        {
            Id = id,
            Kind = HeldFace.OfMatches,
            PersonId = person,
            Faces = string.Join(' ', shown.Select(face => face.Face)),
            Media = await media.PutAsync(MediaBucket.Held, encoder.EncodeJpeg(shown[0].Picture, Quality), "image/jpeg", Subjects.HeldCrop(person, id), cancellation),
            Picture = await media.PutAsync(
                MediaBucket.Held, encoder.EncodeJpeg(SideBySide([known, .. shown.Select(face => face.Picture)]), Quality), "image/jpeg", Subjects.HeldPair(person, id, null), cancellation),
        };
    }

    private async Task<Pixels?> CropAsync(MediaKey photo, Box box, CancellationToken cancellation)
    {
        try
        {
            return encoder.Shrink(decoder.Decode(await media.GetAsync(photo, cancellation), "The photo").Crop(box.SquareAround(Surroundings)), LongestSide).Item1;
        }
        catch (MediaNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Stores the pictures; <see cref="HoldAsync"/> makes them effective.</summary>
    /// <param name="portrait">Picture of the learned face beside it; null: none is kept.</param>
    /// <param name="like">The person whose learned face that is, if it is another one.</param>
    public async Task<HeldFace> PrepareAsync(
        PersonId person, ParticipantId? from, FaceId face, Pixels photo, Box box, MediaKey? portrait, CancellationToken cancellation, PersonId? like = null)
    {
        var around = box.SquareAround(Surroundings);
        var (left, top) = (Math.Max(0, MathF.Round(around.X)), Math.Max(0, MathF.Round(around.Y)));
        var (kept, scale) = encoder.Shrink(photo.Crop(around), LongestSide);
        var known = portrait is { } file ? decoder.Decode(await media.GetAsync(file, cancellation), "The learned face") : null;
        return new HeldFace
        {
            Id = face,
            PersonId = person,
            FromId = from,
            Media = await media.PutAsync(MediaBucket.Held, encoder.EncodeJpeg(kept, Quality), "image/jpeg", Subjects.HeldCrop(person, face), cancellation),
            Picture = await media.PutAsync(MediaBucket.Held, encoder.EncodeJpeg(SideBySide([known, kept]), Quality), "image/jpeg", Subjects.HeldPair(person, face, like), cancellation),
            X = (box.X - left) * scale,
            Y = (box.Y - top) * scale,
            Width = box.Width * scale,
            Height = box.Height * scale,
        };
    }

    /// <summary>Holds the faces from now on, and asks those who may decide.</summary>
    public async Task HoldAsync(Session session, IOutbox outbox, IEnumerable<HeldFace> faces)
    {
        foreach (var face in faces)
        {
            if (await HeldFaceTable.AddAsync(session, face, clock.GetUtcNow()) && await HeldFaceTable.FindAsync(session, face.Id) is { } held)
            {
                await AskAsync(session, outbox, held, clock.GetUtcNow());
                await outbox.SendAsync(session, new HeldFaceChanged(held.Id));
            }
        }
    }

    /// <summary>Asks every teacher of the group except the sender of the face; if there is none, nobody: then colleagues or an operator decide.</summary>
    public static async Task AskAsync(Session session, IOutbox outbox, HeldFace held, DateTimeOffset now)
    {
        if (held.HandedOver || await PersonTable.FindAsync(session, held.PersonId) is not { } person)
            return;
        foreach (var teacher in (await Memberships.TeachersAsync(session, held.GroupId)).Where(teacher => teacher != held.FromId))
        {
            var (id, kind) = held.IsMatches
                ? ($"first-{held.Id}-{teacher}", RequestKind.FirstMatches)
                : ($"same-face-{held.Id}-{teacher}", RequestKind.SameFace);
            if (await RequestTable.AddAsync(session, id, kind, held.PersonId, held.FromId ?? person.Owner, teacher, "{}", null, now, held.Id))
                await outbox.SendAsync(session, new RequestMade(id));
        }
    }

    /// <summary>Learns or discards the face. The first answer counts; the requests to other teachers end.</summary>
    /// <returns>False if it was decided before or is gone.</returns>
    public static async Task<bool> DecideAsync(Session session, IOutbox outbox, FaceId face, bool allowed, DateTimeOffset now)
    {
        if (!await HeldFaceTable.DecideAsync(session, face, allowed, now) || await HeldFaceTable.FindAsync(session, face) is not { } held)
            return false;
        await RequestTable.EndAboutAsync(session, face, now);
        await outbox.SendAsync(session, new HeldFaceChanged(face));
        await outbox.SendAsync(session, new LearnHeldFace(held.PersonId, face));
        return true;
    }

    /// <summary>The pictures side by side, of equal height, without those that are not kept.</summary>
    private Pixels SideBySide(IReadOnlyList<Pixels?> pictures)
    {
        var shown = pictures.OfType<Pixels>().Select(picture => encoder.ToHeight(picture, ShownHeight)).ToArray();
        if (shown.Length == 1)
            return shown[0];
        var width = shown.Sum(picture => picture.Width) + (Gap * (shown.Length - 1));
        var rgb = new byte[width * ShownHeight * 3];
        Array.Fill(rgb, byte.MaxValue);
        var from = 0;
        foreach (var picture in shown)
        {
            for (var y = 0; y < ShownHeight; y++)
                picture.Rgb.AsSpan(y * picture.Width * 3, picture.Width * 3).CopyTo(rgb.AsSpan(((y * width) + from) * 3));
            from += picture.Width + Gap;
        }

        return new Pixels(width, ShownHeight, rgb);
    }
}
