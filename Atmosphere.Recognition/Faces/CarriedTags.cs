using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Faces;

/// <summary>Carries the votes on a photo's faces over a reprocessing of the photo, which gives the faces new ids.</summary>
internal static class CarriedTags
{
    /// <summary>
    /// Minimum overlap (IoU) to count as the same face. The same engine finds the same box; another engine nearly the same.
    /// </summary>
    private const float SameFace = 0.5f;

    /// <summary>Before the faces are deleted: saves the positions of their votes.</summary>
    public static async Task KeepAsync(Session session, PhotoId photo)
    {
        foreach (var face in await BoxTable.PlacesAsync(session, photo))
            await VoteTable.CarryAsync(session, photo, face);
    }

    /// <summary>After the faces are detected again: moves the saved votes to the faces at the same positions.</summary>
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

            // The open question continues with the new face id.
            await QuestionTable.FollowAsync(session, old.FaceId, face.FaceId);
        }
    }
}
