using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

internal static class Forgetting
{
    /// <summary>Deletes a user with all its faces; what is gone already, or the whole collection, is no error.</summary>
    /// <param name="others">Faces that are to go although they are not, or not yet, the user's.</param>
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
            // Then nothing of the user is in it.
        }
    }
}
