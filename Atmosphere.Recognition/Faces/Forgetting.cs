using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

internal static class Forgetting
{
    /// <summary>Deletes a user with all its faces. A user or collection that does not exist is no error.</summary>
    /// <param name="others">Further faces to delete, which do not, or do not yet, belong to the user.</param>
    public static async Task ForgetUserAsync(
        this IFaceCollections collections, CollectionId collection, PersonId user, IReadOnlyList<FaceId> others, CancellationToken cancellation)
    {
        try
        {
            var faces = await collections.ListFacesAsync(collection, user, cancellation);
            await collections.DeleteFacesAsync(collection, [.. faces.Select(face => face.Face).Union(others)], cancellation);
            await collections.DeleteUserAsync(collection, user, cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // Without a collection there is nothing to delete.
        }
    }
}
