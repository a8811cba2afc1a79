using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

/// <summary>Stores the small picture of the learned face that guardians see. Kept only if the consent mentions it.</summary>
internal sealed class PersonPortraits(Database database, IMediaStore media, PhotoDecoder decoder, PhotoEncoder encoder)
{
    /// <summary>Stores a picture of the face that is most similar to all of them together.</summary>
    /// <returns>Null if there is no consent to a picture.</returns>
    public async Task<MediaKey?> MakeAsync(
        PersonRow person, IReadOnlyList<EnrolmentRow> photos, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation)
    {
        if (!await database.ReadAsync(session => PersonTable.MayHavePortraitAsync(session, person.Id), cancellation))
            return null;

        var mean = Embedding.Mean([.. faces.Select(face => face.Embedding)]);
        var best = faces.MinBy(face => face.Embedding.DistanceTo(mean))!;
        var photo = photos.Single(photo => photo.Media.FaceId() == best.Face);
        var pixels = decoder.Decode(await media.GetAsync(photo.Media, cancellation), "The photo");
        return await media.PutAsync(MediaBucket.Portraits, FaceCrop.Of(pixels, photo.Box, encoder), "image/jpeg", Subjects.LearnedFace(person.Id), cancellation);
    }

    /// <summary>Adds to the final effects of learning: the person keeps the picture, or it is deleted.</summary>
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
