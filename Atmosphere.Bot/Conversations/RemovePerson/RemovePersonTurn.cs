using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.RemovePerson;

/// <summary>The actions of <see cref="RemovePersonMachine"/>.</summary>
/// <param name="children">The children that the user guards; only an owner may remove one.</param>
internal sealed class RemovePersonTurn(RemovePersonDraft draft, Speech speech, IReadOnlyList<RegisteredPerson> children)
{
    public RemovePersonDraft Draft => draft;

    /// <summary>The child removed by this turn; null: none.</summary>
    public PersonId? Removed { get; private set; }

    /// <summary>The child whose guardianship ends with this turn; null: none.</summary>
    public PersonId? Left { get; private set; }

    public bool HasChoice => children.Count > 1;

    private (string, string) Name => ("name", children.FirstOrDefault(child => child.Person == draft.Chosen)?.Name ?? "");

    public void SayNoChild() => speech.Say("remove-person.no-child");

    public void SayKept() => speech.Say("remove-person.kept");

    public void SayUnknown() => speech.Say("remove-person.unknown");

    public void SayHelp() => speech.Say(draft.State == RemoveState.ConfirmLeaving ? "remove-person.help-leaving" : "remove-person.help");

    public void SayUnclear() => speech.Say(draft.State == RemoveState.AskWhich ? "common.unclear" : "common.yes-or-no");

    /// <summary>Without the name, which is being erased.</summary>
    public void RemoveOrLeave()
    {
        if (children.Any(child => child.Person == draft.Chosen && child.Role == "owner"))
        {
            Removed = draft.Chosen;
            speech.Say("remove-person.begun");
        }
        else
        {
            Left = draft.Chosen;
            speech.Say("remove-person.left");
        }
    }

    public void AskWhich()
    {
        speech.Say("remove-person.which");
        foreach (var (index, child) in children.Index())
            speech.Choice(index + 1, child.Name);
        speech.AskChoice("remove-person.number-or-name", Speech.NumbersTo(children.Count), [Word.Cancel]);
    }

    public void AskConfirmation() => speech.Ask("remove-person.confirm", [Word.Yes, Word.No, Word.Back], Name);

    public void AskLeaving() => speech.Ask("remove-person.confirm-leaving", [Word.Yes, Word.No, Word.Back], Name);
}
