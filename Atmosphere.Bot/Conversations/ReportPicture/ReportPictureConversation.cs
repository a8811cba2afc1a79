using System.Text.Json;
using Atmosphere.Bot.Incoming;
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

    public bool Begins(Turn turn) => turn.Word == Word.ReportPicture;

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = turn.State is null ? new ReportPictureDraft() : JsonSerializer.Deserialize<ReportPictureDraft>(turn.State, JsonSerializerOptions.Web)!;
        var agreed = await database.ReadAsync(session => ReportPictures.OfAsync(session, turn.Participant.Id), cancellation);
        var trigger = Understand(turn, draft, agreed);
        var person = draft.Chosen is { } chosen ? await database.ReadAsync(session => registrations.FindAsync(session, chosen), cancellation) : null;
        var step = new ReportPictureTurn(draft, turn.Speech, turn.Children, person?.GroupName ?? "");
        await ReportPictureMachine.Create(step).FireAsync(trigger);
        turn.State = draft.State == PictureState.Closed ? null : JsonSerializer.Serialize(draft, JsonSerializerOptions.Web);
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

    private static PictureTrigger Understand(Turn turn, ReportPictureDraft draft, IReadOnlySet<PersonId> agreed)
    {
        if (turn.Children.Count == 0)
            return PictureTrigger.NoChild;
        if (turn.Word == Word.ReportPicture)
            return Choose(turn, draft, turn.Children is [var only] ? only.Name : null, agreed);
        if (turn.Incoming.Kind == IncomingKind.Joined)
            return PictureTrigger.Again;
        // Another guardian may have removed it meanwhile.
        if (draft.Chosen is { } chosen && turn.Children.All(child => child.Person != chosen))
            return PictureTrigger.Unknown;

        return turn.Word switch
        {
            Word.Yes => PictureTrigger.Yes,
            Word.No or Word.None => PictureTrigger.No,
            Word.Back => PictureTrigger.Back,
            Word.Cancel => PictureTrigger.Cancel,
            Word.Help => PictureTrigger.Help,
            null when draft.State == PictureState.AskWhich && turn.Incoming.Text.Length > 0 => Choose(turn, draft, turn.Incoming.Text, agreed),
            _ => PictureTrigger.Unclear,
        };
    }

    /// <param name="typed">A name or a number; null if none was given.</param>
    private static PictureTrigger Choose(Turn turn, ReportPictureDraft draft, string? typed, IReadOnlySet<PersonId> agreed)
    {
        if (typed is null)
            return PictureTrigger.Several;

        var meant = ChildChoice.Of(turn.Children, typed);
        draft.Person = meant is [var one] ? one.Person.Value : null;
        return meant switch
        {
            [] => PictureTrigger.Unknown,
            [var child] => agreed.Contains(child.Person) ? PictureTrigger.ChosenAgain : PictureTrigger.Chosen,
            _ => PictureTrigger.Several,
        };
    }
}
