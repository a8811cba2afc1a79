using System.Text.Json;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.RemovePerson;

/// <summary>Finds the child that a parent wants to remove, and drives the machine.</summary>
internal sealed class RemovePersonConversation(IErasures erasures) : IConversation
{
    public string Name => "remove-person";

    public bool Begins(Turn turn) => turn.Word == Word.RemoveChild || turn.Split(Word.RemoveChild) is not null;

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = turn.State is null ? new RemovePersonDraft() : JsonSerializer.Deserialize<RemovePersonDraft>(turn.State, JsonSerializerOptions.Web)!;
        var step = new RemovePersonTurn(draft, turn.Speech, turn.Children);
        var machine = RemovePersonMachine.Create(step);
        await machine.FireAsync(Understand(turn, draft));
        turn.State = draft.State == RemoveState.Closed ? null : JsonSerializer.Serialize(draft, JsonSerializerOptions.Web);
        if (step.Removed is { } person)
            turn.Change((session, _) => erasures.RemovePersonAsync(session, person, turn.Participant.Id));
        if (step.Left is { } left)
            turn.Change((session, _) => erasures.LeavePersonAsync(session, left, turn.Participant.Id));
    }

    private static RemoveTrigger Understand(Turn turn, RemovePersonDraft draft)
    {
        if (turn.Children.Count == 0)
            return RemoveTrigger.NoChild;
        // "remove child" is the word, and no child of that name.
        if (turn.Word == Word.RemoveChild)
            return Choose(turn, draft, turn.Children is [var only] ? only.Name : null);
        if (turn.Split(Word.RemoveChild) is { } named)
            return Choose(turn, draft, named.After);
        if (turn.Incoming.Kind == IncomingKind.Joined)
            return RemoveTrigger.Again;
        // Another guardian may have removed it meanwhile.
        if (draft.Chosen is { } chosen && turn.Children.All(child => child.Person != chosen))
            return RemoveTrigger.Unknown;

        return turn.Word switch
        {
            Word.Yes => RemoveTrigger.Yes,
            Word.No or Word.None => RemoveTrigger.No,
            Word.Back => RemoveTrigger.Back,
            Word.Cancel => RemoveTrigger.Cancel,
            Word.Help => RemoveTrigger.Help,
            null when draft.State == RemoveState.AskWhich && turn.Incoming.Text.Length > 0 => Choose(turn, draft, turn.Incoming.Text),
            _ => RemoveTrigger.Unclear,
        };
    }

    /// <param name="typed">A name or a number; null if none was given.</param>
    private static RemoveTrigger Choose(Turn turn, RemovePersonDraft draft, string? typed)
    {
        if (typed is null)
            return RemoveTrigger.Several;

        var meant = ChildChoice.Of(turn.Children, typed);
        draft.Person = meant is [var one] ? one.Person.Value : null;
        return meant switch
        {
            [] => RemoveTrigger.Unknown,
            [{ Role: "owner" }] => RemoveTrigger.Chosen,
            [_] => RemoveTrigger.ChosenOfOther,
            _ => RemoveTrigger.Several,
        };
    }
}
