using Atmosphere.Bot.Conversations.Choosing;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.ReportPicture;

/// <summary>Finds the child that a parent means, and drives the machine.</summary>
internal sealed class ReportPictureConversation(Database database, IRegistrations registrations, TimeProvider clock) : IConversation
{
    public string Name => "report-picture";

    public bool Begins(Turn turn) => ChildAnswer.Begins(turn, Word.ReportPicture);

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = ChildDraft<PictureState>.Read(turn.State);
        var agreed = await database.ReadAsync(session => ReportPictures.OfAsync(session, turn.Participant.Id), cancellation);
        var trigger = new ChildAnswer(turn, Word.ReportPicture, otherwise: child => agreed.Contains(child.Person)).Read(draft, PictureState.AskWhich);
        var person = draft.Chosen is { } chosen ? await database.ReadAsync(session => registrations.FindAsync(session, chosen), cancellation) : null;
        var step = new ReportPictureTurn(draft, turn.Speech, turn.Children, person?.GroupName ?? "");
        await ReportPictureMachine.Create(step).FireAsync(trigger);
        turn.State = draft.Write();
        if (step.Agreed is { } text)
            Agree(turn, draft.Chosen!.Value, text);
        if (step.Ends)
            turn.Change((session, _) => ReportPictures.EndAsync(session, draft.Chosen!.Value, turn.Participant.Id, clock.GetUtcNow()));
    }

    private void Agree(Turn turn, PersonId person, string text) => turn.Change(async (session, _) =>
    {
        if (!await ReportPictures.GiveAsync(session, person, turn.Participant.Id, ConsentTexts.Version, text, ConsentTexts.Said(turn), clock.GetUtcNow()))
            throw new InvalidOperationException("The person was removed while the turn was worked on; it is tried again.");
    });
}
