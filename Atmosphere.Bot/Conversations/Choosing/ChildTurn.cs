using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.Choosing;

/// <summary>The actions that conversations about one child share.</summary>
/// <param name="draft">The state.</param>
/// <param name="speech">Takes the replies.</param>
/// <param name="children">The children that the user guards.</param>
internal abstract class ChildTurn<TState>(ChildDraft<TState> draft, Speech speech, IReadOnlyList<RegisteredPerson> children)
    where TState : struct, Enum
{
    public ChildDraft<TState> Draft => draft;

    public bool HasChoice => children.Count > 1;

    protected Speech Speech => speech;

    /// <summary>The child that was chosen; null: it was removed meanwhile, or none was chosen yet.</summary>
    protected RegisteredPerson? Child => children.FirstOrDefault(child => child.Person == draft.Chosen);

    public abstract void SayNoChild();

    /// <summary>The conversation ends, and nothing has changed.</summary>
    public abstract void SayNothingChanges();

    public abstract void SayHelp();

    public void SayUnknown() => speech.Say("remove-person.unknown");

    /// <param name="asksWhich">The question is which child, and not one for a yes or no.</param>
    public void SayUnclear(bool asksWhich) => speech.Say(asksWhich ? "common.unclear" : "common.yes-or-no");

    public void AskWhich()
    {
        SayWhich();
        foreach (var (index, child) in children.Index())
            speech.Choice(index + 1, child.Name);
        speech.AskChoice("remove-person.number-or-name", Speech.NumbersTo(children.Count), [Word.Cancel]);
    }

    protected abstract void SayWhich();
}
