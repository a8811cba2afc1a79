using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Questions;

/// <summary>Counts the votes on a question and decides it.</summary>
internal sealed class QuestionVotes(IOptions<TaggingOptions> options, TimeProvider clock)
{
    /// <summary>Decides an open question if enough colleagues gave the same answer; once, even with concurrent votes.</summary>
    public async Task CountAsync(Session session, IOutbox outbox, QuestionId id)
    {
        if (await QuestionTable.FindAsync(session, id) is not { IsOpen: true } question)
            return;

        var votes = await VoteTable.CountAsync(session, question.FaceId, options.Value.VotesFrom);
        if (votes.Count > 0)
            _ = await QuestionMoves.FireAsync(session, id, QuestionMove.Vote, clock.GetUtcNow(), QuestionOutcome.Open);
        foreach (var same in votes.Where(same => same.Number >= options.Value.Votes))
        {
            var person = same.Verdict == "is" ? new PersonId(same.PersonId) : default(PersonId?);
            // A guardian's vote for their own child needs at least one vote by somebody else.
            if (person is { } named && (same.OfOthers == 0 || !await PersonTable.MayBeTaggedAsync(session, named, question.GroupId)))
                continue;
            await DecideAsync(session, outbox, question, QuestionTable.Answer(same.Verdict)!.Value, person);
            return;
        }
    }

    private async Task DecideAsync(Session session, IOutbox outbox, QuestionRow question, TagAnswer answer, PersonId? person)
    {
        var outcome = new QuestionOutcome(answer, person);
        if (await QuestionMoves.FireAsync(session, question.Id, QuestionMove.EnoughVotes, clock.GetUtcNow(), outcome) != MoveVerdict.Moved)
            return;

        await QuestionsOfCluster.FollowFaceAsync(session, question.Id);
        if (person is { } named)
        {
            await VoteTable.LiftDenialsAsync(session, question.FaceId, named);
            await outbox.SendAsync(session, new FaceTagged(question.Id));
            return;
        }

        // The face had candidates; colleagues who looked say that it is none of them.
        await FaceTable.NobodyAsync(session, question.FaceId, question.ClusterId);
        await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }
}
