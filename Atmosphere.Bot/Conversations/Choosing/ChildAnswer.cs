using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.Choosing;

/// <summary>Reads which child a parent means, and what they answer.</summary>
/// <param name="turn">The turn.</param>
/// <param name="begins">The word that opens the conversation; a name may follow it.</param>
/// <param name="otherwise">Whether the other question is asked about a child.</param>
internal sealed class ChildAnswer(Turn turn, Word begins, Func<RegisteredPerson, bool> otherwise)
{
    /// <summary>Begins a conversation: the word alone, or the word and a name.</summary>
    public static bool Begins(Turn turn, Word word) => turn.Word == word || turn.Split(word) is not null;

    /// <param name="draft">Gets the child that is meant.</param>
    /// <param name="which">The state that asks which child.</param>
    public ChildTrigger Read<TState>(ChildDraft<TState> draft, TState which)
        where TState : struct, Enum
    {
        if (turn.Children.Count == 0)
            return ChildTrigger.NoChild;
        // "remove child" is the word, and no child of that name.
        if (turn.Word == begins)
            return Choose(draft, turn.Children is [var only] ? only.Name : null);
        if (turn.Split(begins) is { } named)
            return Choose(draft, named.After);
        if (turn.Incoming.Kind == IncomingKind.Joined)
            return ChildTrigger.Again;
        // Another guardian may have removed it meanwhile.
        if (draft.Chosen is { } chosen && turn.Children.All(child => child.Person != chosen))
            return ChildTrigger.Unknown;

        return turn.Word switch
        {
            Word.Yes => ChildTrigger.Yes,
            Word.No or Word.None => ChildTrigger.No,
            Word.Back => ChildTrigger.Back,
            Word.Cancel => ChildTrigger.Cancel,
            Word.Help => ChildTrigger.Help,
            null when draft.State.Equals(which) && turn.Incoming.Text.Length > 0 => Choose(draft, turn.Incoming.Text),
            _ => ChildTrigger.Unclear,
        };
    }

    /// <param name="typed">A name or a number; null if none was given.</param>
    private ChildTrigger Choose<TState>(ChildDraft<TState> draft, string? typed)
        where TState : struct, Enum
    {
        if (typed is null)
            return ChildTrigger.Several;

        var meant = ChildChoice.Of(turn.Children, typed);
        draft.Person = meant is [var one] ? one.Person.Value : null;
        return meant switch
        {
            [] => ChildTrigger.Unknown,
            [var child] => otherwise(child) ? ChildTrigger.ChosenOtherwise : ChildTrigger.Chosen,
            _ => ChildTrigger.Several,
        };
    }
}
