using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Finds the faces that are a person's, learned and in photos.</summary>
internal sealed class PersonFaces(Database database, IFaceEngine engine, IFaceCollections collections)
{
    /// <summary>Those that the collection has of it, and those that an attempt to learn it may have left there as nobody's.</summary>
    public async Task<IReadOnlyList<FaceId>> LearnedAsync(CollectionId collection, PersonId person, CancellationToken cancellation)
    {
        var (photos, tagged) = await database.ReadAsync(
            async session => (
                await PersonTable.PhotosAsync(session, person),
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

    /// <summary>The vectors by which the person could be found. An engine that keeps them elsewhere gives none.</summary>
    public Task<IReadOnlyList<Embedding>> VectorsAsync(CollectionId collection, PersonId person, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Embedding>>(
            async session => [.. (await LearnedVectors.OfAsync(session, collection, person)).Select(face => face.Vector)],
            cancellation);

    /// <summary>
    /// Faces in the group's photos: those that bear the person's name, and those near enough for it, whatever was decided about them.
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
