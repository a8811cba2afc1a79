using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Voting;

/// <summary>
/// Stores a vote, one per colleague and question, and decides when enough votes agree. One transaction, so that concurrent votes decide
/// once.
/// </summary>
internal sealed class StoreFaceTagSql(QuestionVotes votes, TimeProvider clock) : IStep<FaceTagReceived>
{
    public Task<Effects> HandleAsync(FaceTagReceived message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => StoreAsync(session, outbox, message)));

    private async Task StoreAsync(Session session, IOutbox outbox, FaceTagReceived message)
    {
        if (await QuestionTable.FindAsync(session, message.Question) is not { IsOpen: true } question)
            return;
        // The person was erased, or consent withdrawn, since the vote.
        if (message.Person is { } person && !await PersonTable.MayBeTaggedAsync(session, person, question.GroupId))
            return;
        if (!await VoteAsync(session, question.FaceId, message))
            return;

        await QuestionTable.TouchAsync(session, question.Id, clock.GetUtcNow());
        await votes.CountAsync(session, outbox, question.Id);
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
        await outbox.SendAsync(session, new ColleagueVoted(message.Voter));
    }

    /// <returns>False if the voter has given this vote before.</returns>
    private async Task<bool> VoteAsync(Session session, FaceId face, FaceTagReceived message) =>
        await VoteTable.VoteAsync(
            session, face, message.Voter, message.Person is null ? QuestionTable.Text(message.Answer) : "is", message.Person, clock.GetUtcNow());
}
