using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>The small picture of the face that was learned, which its guardians see. It is kept only where they were asked for that.</summary>
internal sealed class PersonPortraits(Database database, IMediaStore media, PhotoDecoder decoder, PhotoEncoder encoder)
{
    /// <summary>Stores the face that is most like all of them together.</summary>
    /// <returns>Null where there is no consent to a picture.</returns>
    public async Task<MediaKey?> MakeAsync(
        PersonRow person, IReadOnlyList<EnrolmentRow> photos, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation)
    {
        if (!await database.ReadAsync(session => PersonTable.MayHavePortraitAsync(session, person.Id), cancellation))
            return null;

        var mean = Embedding.Mean([.. faces.Select(face => face.Embedding)]);
        var best = faces.MinBy(face => face.Embedding.DistanceTo(mean))!;
        var photo = photos.Single(photo => photo.Media.FaceId() == best.Face);
        var pixels = decoder.Decode(await media.GetAsync(photo.Media, cancellation), "The photo");
        return await media.PutAsync(MediaBucket.Portraits, FaceCrop.Of(pixels, photo.Box, encoder), "image/jpeg", cancellation);
    }

    /// <summary>Adds to the end of learning that the person keeps the picture, or else that it goes.</summary>
    public Effects Keep(Effects end, PersonId person, MediaKey? portrait)
    {
        if (portrait is not { } file)
            return end;

        var kept = false;
        return end
            .Change(async session => kept = await PersonTable.KeepPortraitAsync(session, person, file))
            .Afterwards(() => kept ? Task.CompletedTask : media.DeleteAsync(file, CancellationToken.None));
    }
}
