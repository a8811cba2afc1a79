using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>A parent said something of a face: colleagues are asked about that one face, and the parent's vote counts.</summary>
internal sealed class AskColleagues(ClusterQuestions questions, TimeProvider clock) : IStep<FaceQuestioned>
{
    public Task<Effects> HandleAsync(FaceQuestioned message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => AskAsync(session, outbox, message)));

    private async Task AskAsync(Session session, IOutbox outbox, FaceQuestioned message)
    {
        var said = message.Question == FaceQuestion.NotTheChild ? "is-not" : "is";
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT p.group_id, (SELECT MAX(t.at) FROM face_tags t
                WHERE t.face_id = @Face AND t.person_id = @Person AND t.verdict = @said AND t.voter LIKE 'participant:%') AS said_at
            FROM faces f JOIN photos p ON p.id = f.photo_id
            JOIN persons c ON c.id = @Person AND c.group_id = p.group_id AND c.state NOT IN ('failed', 'erasing')
            WHERE f.id = @Face AND p.id = @Photo AND f.verdict IN ('nobody', 'uncertain')
            """,
            new { message.Face, message.Photo, message.Person, said });
        if (row?.SaidAt is not { } at || await IsAskedAsync(session, outbox, message, at))
            return;

        // What was said of the face for another question is not said for this one.
        _ = await session.ExecuteAsync(
            "DELETE FROM face_tags WHERE face_id = @Face AND verdict <> 'is-not' AND NOT (verdict = 'is' AND person_id = @Person AND voter LIKE 'participant:%')",
            new { message.Face, message.Person });
        var question = new NewQuestion(QuestionId.New(), row.GroupId, QuestionKind.Check, null, message.Face, message.Photo, message.Person);
        await QuestionTable.AddAsync(session, question, clock.GetUtcNow());
        await questions.CountVotesAsync(session, outbox, question.Id);
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    /// <summary>Whether the face is asked about already, by itself or with its cluster; or was since the parent said so.</summary>
    private async Task<bool> IsAskedAsync(Session session, IOutbox outbox, FaceQuestioned message, long at)
    {
        var cluster = await ClusterTable.OfFaceAsync(session, message.Face);
        var open = cluster is { } known
            ? await questions.OpenAsync(session, outbox, known)
            : await QuestionTable.ListAsync(session, "WHERE face_id = @Face AND state IN ('asked', 'voting')", message) is [var own] ? own : null;
        if (open is not null)
            await CountAsync(session, outbox, message, open, at);
        return open is not null
            || (await QuestionTable.ListAsync(session, "WHERE face_id = @Face AND kind = 'check' AND about_id = @Person AND asked_at >= @at", new { message.Face, message.Person, at })).Count > 0;
    }

    /// <summary>The parent's vote is one for the question that there is.</summary>
    private async Task CountAsync(Session session, IOutbox outbox, FaceQuestioned message, QuestionRow open, long at)
    {
        var copied = 0;
        if (open.FaceId != message.Face)
        {
            copied = await session.ExecuteAsync(
                """
                INSERT INTO face_tags (face_id, voter, verdict, person_id, at)
                SELECT @shown, voter, verdict, person_id, at FROM face_tags
                WHERE face_id = @Face AND verdict = 'is' AND person_id = @Person AND voter LIKE 'participant:%'
                ON CONFLICT (face_id, voter) DO NOTHING
                """,
                new { shown = open.FaceId, message.Face, message.Person });
        }

        await questions.CountVotesAsync(session, outbox, open.Id);
        // What changed after the parent had spoken shows it already.
        if (copied == 0 && open.ChangedAt > at && (await QuestionTable.FindAsync(session, open.Id))?.State == open.State)
            return;
        await QuestionTable.TouchAsync(session, open.Id, clock.GetUtcNow());
        await outbox.SendAsync(session, new QuestionChanged(open.Id));
    }

    private sealed record Row
    {
        public GroupId GroupId { get; init; }

        /// <summary>When a guardian last said so; null where nothing of that is left.</summary>
        public long? SaidAt { get; init; }
    }
}
