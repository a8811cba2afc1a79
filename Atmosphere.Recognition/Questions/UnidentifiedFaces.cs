using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>Faces that nobody can be named from: colleagues are asked, where there is something to be seen.</summary>
internal static class UnidentifiedFaces
{
    /// <summary>Asks about a face that was just decided as nobody's or uncertain. Nothing is asked about a photo that is degraded or gone, or a face of bad quality.</summary>
    public static async Task AskAsync(Session session, IOutbox outbox, PhotoId photo, FaceId face)
    {
        if (await FaceTable.GroupToAskAsync(session, photo, face) is not { } group)
            return;

        var found = (await FoundFaces.OfAsync(session, photo)).FirstOrDefault(one => one.Id == face);
        if (found?.Description is { } description && QualityRules.Judge(description).Verdict != FaceVerdict.Reject)
            await outbox.SendAsync(session, new FaceNotIdentified(photo, face, group));
    }

    /// <summary>Of clusters whose question is decided some faces may have stayed without a name: they are asked about anew, once.</summary>
    public static async Task AskAboutTheRestAsync(Session session, IOutbox outbox, GroupId group)
    {
        foreach (var face in await QuestionsOfCluster.UnaskedFacesAsync(session, group))
            await AskAsync(session, outbox, face.PhotoId, face.FaceId);
    }
}
