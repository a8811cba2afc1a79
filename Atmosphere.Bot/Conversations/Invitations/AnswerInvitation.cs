using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>Counts an invitation as the inviting colleague's vote, once the invited child is learned.</summary>
internal sealed class AnswerInvitation(IQuestions questions, IFaceTags tags) : IStep<InvitedConnected>
{
    public Task<Effects> HandleAsync(InvitedConnected message, CancellationToken cancellation) =>
        Task.FromResult(Effects.None.Change((session, _) => AnswerAsync(session, message.Person)));

    private async Task AnswerAsync(Session session, PersonId person)
    {
        foreach (var invitation in await InvitationTable.OfAsync(session, person))
        {
            // A closed question needs no vote, and a later vote by the colleague has priority.
            var question = await questions.FindAsync(session, invitation.Question);
            if (question is not null && !question.Votes.Any(vote => vote.Voter == invitation.Voter && vote.At > invitation.At))
                _ = await tags.VoteAsync(session, invitation.Question, invitation.Voter, TagAnswer.Person, person);
            await InvitationTable.DeleteAsync(session, invitation.Code);
        }
    }
}
