using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>
/// Finds the questions about a cluster. A question follows the face that it shows, because clusters merge and split, and the votes are
/// about that face.
/// </summary>
internal sealed class ClusterQuestions(QuestionVotes votes, TimeProvider clock)
{
    /// <summary>Key of the text for a question whose cluster was merged.</summary>
    public const string Merged = "tagging.expired-merged";

    /// <summary>
    /// The open question about the cluster. Of several, for example after a merge, the oldest stays and takes over the votes.
    /// </summary>
    public async Task<QuestionRow?> OpenAsync(Session session, IOutbox outbox, ClusterId cluster)
    {
        var open = await QuestionsOfCluster.OpenAsync(session, cluster);
        if (open.Count == 0)
            return null;

        var now = clock.GetUtcNow();
        foreach (var other in open.Skip(1))
        {
            _ = await QuestionMoves.FireAsync(session, other.Id, QuestionMove.AskedElsewhere, now, new QuestionOutcome(Reason: Merged));
            await VoteTable.MoveAsync(session, other.FaceId, open[0].FaceId);
            await outbox.SendAsync(session, new QuestionChanged(other.Id));
        }

        if (open[0].ClusterId != cluster)
            await QuestionsOfCluster.SetAsync(session, open[0].Id, cluster);
        if (open.Count > 1)
        {
            await QuestionTable.TouchAsync(session, open[0].Id, now);
            await outbox.SendAsync(session, new QuestionChanged(open[0].Id));
            await votes.CountAsync(session, outbox, open[0].Id);
        }

        return await QuestionTable.FindAsync(session, open[0].Id) is { IsOpen: true } left ? left : null;
    }

    /// <summary>Recounts the photos in which a question's face was found, and updates its post.</summary>
    public async Task CountPhotosAsync(Session session, IOutbox outbox, QuestionRow question)
    {
        if (question.ClusterId is not { } cluster)
            return;
        var photos = await ClusterTable.PhotosAsync(session, cluster);
        if (photos > 0 && await QuestionTable.CountPhotosAsync(session, question.Id, photos, clock.GetUtcNow()))
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }
}
