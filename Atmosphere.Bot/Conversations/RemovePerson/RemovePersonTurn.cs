using Atmosphere.Bot.Conversations.Choosing;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.RemovePerson;

/// <summary>The actions of <see cref="RemovePersonMachine"/>.</summary>
/// <param name="children">The children that the user guards; only an owner may remove one.</param>
internal sealed class RemovePersonTurn(ChildDraft<RemoveState> draft, Speech speech, IReadOnlyList<RegisteredPerson> children)
    : ChildTurn<RemoveState>(draft, speech, children)
{
    /// <summary>The child removed by this turn; null: none.</summary>
    public PersonId? Removed { get; private set; }

    /// <summary>The child whose guardianship ends with this turn; null: none.</summary>
    public PersonId? Left { get; private set; }

    private (string, string) Name => ("name", Child?.Name ?? "");

    public static bool IsOwner(RegisteredPerson child) => child.Role == "owner";

    public override void SayNoChild() => Speech.Say("remove-person.no-child");

    public override void SayNothingChanges() => Speech.Say("remove-person.kept");

    public override void SayHelp() => Speech.Say(Draft.State == RemoveState.ConfirmLeaving ? "remove-person.help-leaving" : "remove-person.help");

    /// <summary>Without the name, which is being erased.</summary>
    public void RemoveOrLeave()
    {
        if (Child is { } child && IsOwner(child))
        {
            Removed = Draft.Chosen;
            Speech.Say("remove-person.begun");
        }
        else
        {
            Left = Draft.Chosen;
            Speech.Say("remove-person.left");
        }
    }

    public void AskConfirmation() => Speech.Ask("remove-person.confirm", [Word.Yes, Word.No, Word.Back], Name);

    public void AskLeaving() => Speech.Ask("remove-person.confirm-leaving", [Word.Yes, Word.No, Word.Back], Name);

    protected override void SayWhich() => Speech.Say("remove-person.which");
}
