using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Finds a person's faces, learned and in photos.</summary>
internal sealed class PersonFaces(Database database, IFaceEngine engine, IFaceCollections collections)
{
    /// <summary>
    /// The person's faces in the collection, and faces without a user left by an interrupted attempt to learn the person.
    /// </summary>
    public async Task<IReadOnlyList<FaceId>> LearnedAsync(CollectionId collection, PersonId person, CancellationToken cancellation)
    {
        var (photos, tagged) = await database.ReadAsync(
            async session => (
                await EnrolmentPhotoTable.PhotosAsync(session, person),
                await TrainedFaces.MayBeThereAsync(session, person)),
            cancellation);
        var faces = photos.Select(photo => Storage.Media.MediaKeyId.FaceId(photo.Media)).Concat(tagged);
        try
        {
            return [.. (await collections.ListFacesAsync(collection, person, cancellation)).Select(face => face.Face).Union(faces)];
        }
        catch (CollectionNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The vectors by which the person can be found. Empty if the engine stores them elsewhere.</summary>
    public Task<IReadOnlyList<Embedding>> VectorsAsync(CollectionId collection, PersonId person, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Embedding>>(
            async session => [.. (await LearnedVectors.OfAsync(session, collection, person)).Select(face => face.Vector)],
            cancellation);

    /// <summary>
    /// Faces in the group's photos with the person's name, and faces similar enough for it, whatever was decided about them.
    /// </summary>
    public async Task<IReadOnlyList<FaceInPhoto>> InPhotosAsync(GroupId group, PersonId person, CancellationToken cancellation)
    {
        var (named, described) = await database.ReadAsync(
            async session => (
                await FaceTable.OfPersonAsync(session, person),
                await EmbeddingTable.OfGroupAsync(session, group, engine.Model)),
            cancellation);
        var found = named.ToDictionary(face => face.FaceId);
        foreach (var face in described)
        {
            if (await IsAsync(CollectionId.Of(group), person, Embedding.FromBytes(face.Vector), cancellation))
                found[face.FaceId] = new FaceInPhoto { FaceId = face.FaceId, PhotoId = face.PhotoId };
        }

        return [.. found.Values];
    }

    private async Task<bool> IsAsync(CollectionId collection, PersonId person, Embedding face, CancellationToken cancellation)
    {
        try
        {
            return await collections.SearchUsersByImageAsync(collection, face, cancellation) is { NearEnough: true, Matches: [var first, ..] } && first.User == person;
        }
        catch (Exception error) when (error is CollectionNotFoundException or ModelChangedException)
        {
            return false;
        }
    }
}
