using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces;

/// <summary>What people said of the faces of a photo survives that the photo begins again, and its faces get other ids.</summary>
internal static class CarriedTags
{
    /// <summary>The same engine finds the face at the same place; another one nearly there.</summary>
    private const float SameFace = 0.5f;

    /// <summary>Before the faces are forgotten: writes down where they were.</summary>
    public static async Task KeepAsync(Session session, PhotoId photo)
    {
        foreach (var face in await BoxTable.PlacesAsync(session, photo))
            await VoteTable.CarryAsync(session, photo, face);
    }

    /// <summary>When the faces are found again: what was said of one is said of whoever is at its place now.</summary>
    public static async Task PlaceAsync(Session session, PhotoId photo)
    {
        var carried = await VoteTable.CarriedAsync(session, photo);
        if (carried.Count == 0)
            return;

        var found = await BoxTable.PlacesAsync(session, photo);
        foreach (var old in carried)
        {
            if (found.MaxBy(face => face.Box.Iou(old.Box)) is not { } face || face.Box.Iou(old.Box) < SameFace)
                continue;
            await VoteTable.PlaceAsync(session, photo, old.FaceId, face.FaceId);

            // Colleagues go on with the same question about the same face.
            await QuestionTable.FollowAsync(session, old.FaceId, face.FaceId);
        }
    }
}
