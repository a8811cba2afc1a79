using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Writes a vote down, one a colleague and question, and decides when enough say the same. All in one transaction: two votes at once decide once.</summary>
internal sealed class StoreFaceTagSql(ClusterQuestions questions, TimeProvider clock) : IStep<FaceTagReceived>
{
    public Task<Effects> HandleAsync(FaceTagReceived message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => StoreAsync(session, outbox, message)));

    private async Task StoreAsync(Session session, IOutbox outbox, FaceTagReceived message)
    {
        if (await QuestionTable.FindAsync(session, message.Question) is not { IsOpen: true } question)
            return;
        // Erased, or consent withdrawn, since the vote came in.
        if (message.Person is { } person && !await PersonTable.MayBeTaggedAsync(session, person, question.GroupId))
            return;
        if (!await VoteAsync(session, question.FaceId, message))
            return;

        await QuestionTable.TouchAsync(session, question.Id, clock.GetUtcNow());
        await questions.CountVotesAsync(session, outbox, question.Id);
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
        await outbox.SendAsync(session, new ColleagueVoted(message.Voter));
    }

    /// <returns>False where the voter has said so before.</returns>
    private async Task<bool> VoteAsync(Session session, FaceId face, FaceTagReceived message) =>
        await session.ExecuteAsync(
            // A guardian who said "not my child" stands by that, whatever else they say as a colleague, unless they say that it is.
            """
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES (@face, @Voter, @verdict, @person, @at)
            ON CONFLICT (face_id, voter) DO UPDATE SET verdict = excluded.verdict, person_id = excluded.person_id, at = excluded.at
            WHERE (face_tags.verdict <> excluded.verdict OR face_tags.person_id <> excluded.person_id)
                AND (face_tags.verdict <> 'is-not' OR face_tags.person_id = excluded.person_id)
            """,
            new
            {
                face,
                message.Voter,
                verdict = message.Person is null ? QuestionTable.Text(message.Answer) : "is",
                person = message.Person?.Value ?? "",
                at = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }) > 0;
}
