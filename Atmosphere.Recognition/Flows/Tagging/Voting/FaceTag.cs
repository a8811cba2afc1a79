using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Voting;

/// <summary>Accepts colleagues' answers from any channel.</summary>
internal sealed class FaceTag(IOutbox outbox) : IFaceTags
{
    public async Task<TagReceipt> VoteAsync(Session session, QuestionId question, string voter, TagAnswer answer, PersonId? person)
    {
        if (await QuestionTable.FindAsync(session, question) is not { } row || (answer == TagAnswer.Person) != person.HasValue)
            return TagReceipt.Unknown;
        if (person is { } named && !await PersonTable.MayBeTaggedAsync(session, named, row.GroupId))
            return TagReceipt.Unknown;
        if (!TagFaceMachine.TakesVotes(row.State))
            return TagReceipt.Closed;

        await outbox.SendAsync(session, new FaceTagReceived(question, voter, answer, person));
        return TagReceipt.Taken;
    }

    public async Task LinkAsync(Session session, string voter, string number)
    {
        if (await Participants.FindAsync(session, "whatsapp", number) is { } participant)
            await ColleagueTable.LinkAsync(session, voter, participant);
    }

    public async Task<TagReceipt> UndoAsync(Session session, QuestionId question, string voter, PersonId person)
    {
        if (await QuestionTable.FindAsync(session, question) is not { } row)
            return TagReceipt.Unknown;
        if (!row.IsNamed || row.PersonId != person)
            return TagReceipt.Closed;

        await outbox.SendAsync(session, new FaceIdentificationUndone(question, person, voter));
        return TagReceipt.Taken;
    }
}
