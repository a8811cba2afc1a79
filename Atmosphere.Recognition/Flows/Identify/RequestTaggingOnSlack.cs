using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Identify;

/// <summary>
/// Asks colleagues about an unknown person, once per cluster. The question exists even without Slack: other chats show it, too.
/// </summary>
internal sealed class RequestTaggingOnSlack(ClusterQuestions questions, QuestionVotes votes, IOptions<TaggingOptions> options, TimeProvider clock) : IStep<FaceNotIdentified>
{
    public Task<Effects> HandleAsync(FaceNotIdentified message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => AskAsync(session, outbox, message)));

    private async Task AskAsync(Session session, IOutbox outbox, FaceNotIdentified message)
    {
        if (await FaceTable.FindAsync(session, message.Face) is not { Verdict: "nobody" or "uncertain" } || !await GroupTable.IsActiveAsync(session, message.Group))
            return;

        if (await ClusterTable.OfFaceAsync(session, message.Face) is not { } cluster)
        {
            await AskOfOneAsync(session, outbox, message);
            return;
        }

        if (await questions.OpenAsync(session, outbox, cluster) is { } open)
        {
            await questions.CountPhotosAsync(session, outbox, open);
            return;
        }

        if (await QuestionsOfCluster.IsAnsweredAsync(session, cluster))
            return;
        var worth = await WorthAskingAsync(session, await ClusterTable.UnnamedAsync(session, cluster));
        if (worth.Count >= options.Value.FacesBeforeAsking)
            await AskAsync(session, outbox, message.Group, cluster, worth[0], await ClusterTable.PhotosAsync(session, cluster));
    }

    /// <summary>Asks once about a face that belongs to no cluster.</summary>
    private async Task AskOfOneAsync(Session session, IOutbox outbox, FaceNotIdentified message)
    {
        if (await QuestionsOfFace.WasAskedAsync(session, message.Face))
            return;
        if (await WorthAskingAsync(session, [message.Face]) is [var face])
            await AskAsync(session, outbox, message.Group, null, face, 1);
    }

    private async Task AskAsync(Session session, IOutbox outbox, GroupId group, ClusterId? cluster, FaceId face, int photos)
    {
        if (await FaceTable.FindAsync(session, face) is not { } row)
            return;

        var kind = row.Verdict == "uncertain" ? QuestionKind.Which : QuestionKind.Who;
        var question = new NewQuestion(QuestionId.New(), group, kind, cluster, face, row.PhotoId, Photos: photos);
        await QuestionMoves.AskAsync(session, question, clock.GetUtcNow());
        // Votes on the face from before a reprocessing of its photo count.
        await votes.CountAsync(session, outbox, question.Id);
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    /// <summary>The faces that are good enough to recognise, best first; smaller and worse ones are counted, but not asked about.</summary>
    private async Task<IReadOnlyList<FaceId>> WorthAskingAsync(Session session, IReadOnlyList<FaceId> faces) =>
        [.. (await FoundFaces.FindAsync(session, faces))
            .Where(face => face.Face.Box.Height >= options.Value.SmallestFace)
            .Select(face => (face.Id, face.Face.Box.Height, Quality: face.Description is { } description ? QualityRules.Judge(description) : QualityRules.Judge(face.Face)))
            .Where(face => face.Quality.Verdict != FaceVerdict.Reject)
            .OrderBy(face => face.Quality.Verdict).ThenByDescending(face => face.Height).ThenBy(face => face.Id.Value, StringComparer.Ordinal)
            .Select(face => face.Id)];
}
