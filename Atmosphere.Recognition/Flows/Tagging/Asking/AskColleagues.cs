using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Asking;

/// <summary>Asks colleagues about a face after a parent's statement; the parent's vote counts.</summary>
internal sealed class AskColleagues(ClusterQuestions questions, QuestionVotes votes, TimeProvider clock) : IStep<FaceQuestioned>
{
    public Task<Effects> HandleAsync(FaceQuestioned message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => AskAsync(session, outbox, message)));

    private async Task AskAsync(Session session, IOutbox outbox, FaceQuestioned message)
    {
        var said = message.Question == FaceQuestion.NotTheChild ? "is-not" : "is";
        var row = await VoteTable.SaidByGuardianAsync(session, message.Photo, message.Face, message.Person, said);
        if (row?.SaidAt is not { } at || await IsAskedAsync(session, outbox, message, at))
            return;

        // Votes from another question about the face do not count for this one.
        await VoteTable.KeepGuardiansAsync(session, message.Face, message.Person);
        var question = new NewQuestion(QuestionId.New(), row.GroupId, QuestionKind.Check, null, message.Face, message.Photo, message.Person);
        await QuestionMoves.AskAsync(session, question, clock.GetUtcNow());
        await votes.CountAsync(session, outbox, question.Id);
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    /// <summary>Whether there is a question about the face or its cluster, or was one since the parent's statement.</summary>
    private async Task<bool> IsAskedAsync(Session session, IOutbox outbox, FaceQuestioned message, long at)
    {
        var cluster = await ClusterTable.OfFaceAsync(session, message.Face);
        var open = cluster is { } known
            ? await questions.OpenAsync(session, outbox, known)
            : await QuestionsOfFace.OpenAsync(session, message.Face);
        if (open is not null)
            await CountAsync(session, outbox, message, open, at);
        return open is not null
            || await QuestionsOfFace.WasCheckedAsync(session, message.Face, message.Person, at);
    }

    /// <summary>Counts the parent's vote for the existing question.</summary>
    private async Task CountAsync(Session session, IOutbox outbox, FaceQuestioned message, QuestionRow open, long at)
    {
        var copied = 0;
        if (open.FaceId != message.Face)
        {
            copied = await VoteTable.CopyGuardiansAsync(session, message.Face, open.FaceId, message.Person);
        }

        await votes.CountAsync(session, outbox, open.Id);
        // The post has been updated since the parent's vote.
        if (copied == 0 && open.ChangedAt > at && (await QuestionTable.FindAsync(session, open.Id))?.State == open.State)
            return;
        await QuestionTable.TouchAsync(session, open.Id, clock.GetUtcNow());
        await outbox.SendAsync(session, new QuestionChanged(open.Id));
    }
}
