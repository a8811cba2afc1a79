using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.Sharing;

/// <summary>The actions of <see cref="ShareCodeMachine"/>.</summary>
/// <param name="person">The person of the code; null: it cannot be used.</param>
internal sealed class ShareCodeTurn(Speech speech, KnownPerson? person)
{
    public ShareCodeState State { get; set; }

    /// <summary>Key of the text that says why the code cannot be used.</summary>
    public string Problem { get; init; } = "";

    /// <summary>True if this turn redeems the code.</summary>
    public bool Uses { get; private set; }

    /// <summary>The consent given with this turn; null: none.</summary>
    public string? Agreed { get; private set; }

    private (string, string)[] Names => [("name", person?.Name ?? ""), ("group", person?.GroupName ?? "")];

    public void SayProblem() => speech.Say(Problem, Names);

    public void UseCode() => Uses = true;

    public void SayHelp() => speech.Say("common.help");

    public void SayYesOrNo() => speech.Say("common.yes-or-no");

    public void SayNothingHappens() => speech.Say("share-code.declined", Names);

    public void AskConsent() => speech.Ask("share-code.consent", [Word.Yes, Word.No], Names);

    public void Join()
    {
        Agreed = speech.Text("share-code.consent", Names);
        speech.Say("share-code.joined", Names);
    }
}
