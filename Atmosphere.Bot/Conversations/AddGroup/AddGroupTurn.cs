using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Conversations.AddGroup;

/// <summary>The actions of <see cref="AddGroupMachine"/> during one message.</summary>
internal sealed class AddGroupTurn(AddGroupDraft draft, Speech speech)
{
    public AddGroupDraft Draft => draft;

    public bool IsTeacher { get; init; }

    /// <summary>The code to hand out once the language is known; created before, stored with the turn.</summary>
    public string Code { get; init; } = "";

    /// <summary>Whether the code was handed out.</summary>
    public bool HasGivenCode { get; private set; }

    private (string, string) Group => ("group", draft.Name ?? "");

    public void SayTeachersOnly() => speech.Say("add-group.teachers-only");

    public void SayCancelled() => speech.Say("add-group.cancelled");

    public void SayWhatFor() => speech.Say("add-group.what-for");

    public void SayNameProblem() => speech.Say("add-group.name-refused");

    public void SayUnclear() => speech.Say(draft.State == AddGroupState.AskName ? "add-group.name-please" : "add-group.language-please");

    public void AskName() => speech.Ask("add-group.ask-name", Word.Cancel);

    public void AskLanguage() => speech.AskChoice("add-group.ask-language", LanguageNames.Own, [Word.Back, Word.Cancel], Group);

    public void GiveCode()
    {
        HasGivenCode = true;
        speech.Say("add-group.code", Group, ("code", Code));
    }
}
