using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.ForgetMe;

/// <summary>The actions of <see cref="ForgetMeMachine"/>.</summary>
internal sealed class ForgetMeTurn(Speech speech, IReadOnlyList<RegisteredPerson> children)
{
    public ForgetMeState State { get; set; }

    /// <summary>True if this turn starts the erasure.</summary>
    public bool Forgotten { get; private set; }

    public void SayKept() => speech.Say("forget-me.kept");

    public void SayHelp() => speech.Say("forget-me.help");

    public void SayYesOrNo() => speech.Say("common.yes-or-no");

    public void AskConfirmation()
    {
        if (children.Count == 0)
            speech.Ask("forget-me.confirm", Word.Yes, Word.No);
        else
            speech.Ask("forget-me.confirm-with-children", [Word.Yes, Word.No], ("names", string.Join(", ", children.Select(child => child.Name))));
    }

    /// <summary>Ends the conversation without a menu.</summary>
    public void Forget()
    {
        Forgotten = true;
        speech.Ask("forget-me.begun");
    }
}
