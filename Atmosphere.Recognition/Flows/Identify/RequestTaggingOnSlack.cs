using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Identify;

/// <summary>Asks colleagues who somebody is, once a cluster. The question is asked whether Slack is set up or not: other chats show it, too.</summary>
internal sealed class RequestTaggingOnSlack(ClusterQuestions questions, IOptions<TaggingOptions> options, TimeProvider clock) : IStep<FaceNotIdentified>
{
    public Task<Effects> HandleAsync(FaceNotIdentified message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => AskAsync(session, outbox, message)));

    private async Task AskAsync(Session session, IOutbox outbox, FaceNotIdentified message)
    {
        if (await FaceTable.FindAsync(session, message.Face) is not { Verdict: "nobody" or "uncertain" } || !await IsLivingAsync(session, message.Group))
            return;

        if (await ClusterQuestions.OfFaceAsync(session, message.Face) is not { } cluster)
        {
            await AskOfOneAsync(session, outbox, message);
            return;
        }

        if (await questions.OpenAsync(session, outbox, cluster) is { } open)
        {
            await questions.CountPhotosAsync(session, outbox, open);
            return;
        }

        if (await ClusterQuestions.IsAnsweredAsync(session, cluster))
            return;
        var worth = await WorthAskingAsync(session, await FacesAsync(session, cluster));
        if (worth.Count >= options.Value.FacesBeforeAsking)
            await AskAsync(session, outbox, message.Group, cluster, worth[0], await ClusterQuestions.PhotosAsync(session, cluster));
    }

    /// <summary>A face that fits no cluster is asked about by itself, once.</summary>
    private async Task AskOfOneAsync(Session session, IOutbox outbox, FaceNotIdentified message)
    {
        if ((await QuestionTable.ListAsync(session, "WHERE face_id = @Face AND kind <> 'identified'", message)).Count > 0)
            return;
        if (await WorthAskingAsync(session, [message.Face]) is [var face])
            await AskAsync(session, outbox, message.Group, null, face, 1);
    }

    private async Task AskAsync(Session session, IOutbox outbox, GroupId group, ClusterId? cluster, FaceId face, int photos)
    {
        var row = await session.QuerySingleOrDefaultAsync<FaceOfPhoto>("SELECT photo_id, verdict FROM faces WHERE id = @face", new { face });
        if (row is null)
            return;

        var kind = row.Verdict == "uncertain" ? QuestionKind.Which : QuestionKind.Who;
        var question = new NewQuestion(QuestionId.New(), group, kind, cluster, face, row.PhotoId, Photos: photos);
        await QuestionTable.AddAsync(session, question, clock.GetUtcNow());
        // What was said of the face before its photo began again counts.
        await questions.CountVotesAsync(session, outbox, question.Id);
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    private static Task<IReadOnlyList<FaceId>> FacesAsync(Session session, ClusterId cluster) =>
        session.QueryAsync<FaceId>(
            """
            SELECT f.face_id FROM cluster_faces f JOIN faces s ON s.id = f.face_id AND s.verdict IN ('nobody', 'uncertain')
            WHERE f.cluster_id = @cluster ORDER BY f.joined_at, f.face_id
            """,
            new { cluster });

    /// <summary>The faces that somebody can recognise, best first; smaller and worse ones are counted, but nobody is asked about them.</summary>
    private async Task<IReadOnlyList<FaceId>> WorthAskingAsync(Session session, IReadOnlyList<FaceId> faces) =>
        [.. (await FoundFaces.FindAsync(session, faces))
            .Where(face => face.Face.Box.Height >= options.Value.SmallestFace)
            .Select(face => (face.Id, face.Face.Box.Height, Quality: face.Description is { } description ? QualityRules.Judge(description) : QualityRules.Judge(face.Face)))
            .Where(face => face.Quality.Verdict != FaceVerdict.Reject)
            .OrderBy(face => face.Quality.Verdict).ThenByDescending(face => face.Height).ThenBy(face => face.Id.Value, StringComparer.Ordinal)
            .Select(face => face.Id)];

    private static async Task<bool> IsLivingAsync(Session session, GroupId group) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM groups WHERE id = @group AND ended_at IS NULL AND erasing = 0", new { group }) > 0;

    private sealed record FaceOfPhoto
    {
        public PhotoId PhotoId { get; init; }

        public string Verdict { get; init; } = "";
    }
}
