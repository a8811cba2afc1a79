using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>Asks colleagues about faces that could not be identified, if they are good enough to recognise.</summary>
internal static class UnidentifiedFaces
{
    /// <summary>
    /// Asks about a face that was just decided as nobody or uncertain. No question for a degraded or deleted photo, or for a face of bad
    /// quality.
    /// </summary>
    public static async Task AskAsync(Session session, IOutbox outbox, PhotoId photo, FaceId face)
    {
        if (await FaceTable.GroupToAskAsync(session, photo, face) is not { } group)
            return;

        var found = (await FoundFaces.OfAsync(session, photo)).FirstOrDefault(one => one.Id == face);
        if (found?.Description is { } description && QualityRules.Judge(description).Verdict != FaceVerdict.Reject)
            await outbox.SendAsync(session, new FaceNotIdentified(photo, face, group));
    }

    /// <summary>Asks once more about the faces that stayed unnamed in clusters whose question is decided.</summary>
    public static async Task AskAboutTheRestAsync(Session session, IOutbox outbox, GroupId group)
    {
        foreach (var face in await QuestionsOfCluster.UnaskedFacesAsync(session, group))
            await AskAsync(session, outbox, face.PhotoId, face.FaceId);
    }
}
