using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.ReportPicture;

/// <summary>The actions of <see cref="ReportPictureMachine"/>.</summary>
/// <param name="children">The children that the user guards.</param>
/// <param name="group">Name of the chosen child's group.</param>
internal sealed class ReportPictureTurn(ReportPictureDraft draft, Speech speech, IReadOnlyList<RegisteredPerson> children, string group)
{
    public ReportPictureDraft Draft => draft;

    /// <summary>The consent given with this turn, as it was shown; null: none.</summary>
    public string? Agreed { get; private set; }

    /// <summary>True if this turn ends the consent.</summary>
    public bool Ends { get; private set; }

    public bool HasChoice => children.Count > 1;

    private (string, string)[] Names => [("name", children.FirstOrDefault(child => child.Person == draft.Chosen)?.Name ?? ""), ("group", group)];

    public void SayNoChild() => speech.Say("report-picture.no-child");

    public void SayNothingChanges() => speech.Say("report-picture.unchanged");

    public void SayUnknown() => speech.Say("remove-person.unknown");

    public void SayHelp() => speech.Say("report-picture.help");

    public void SayUnclear() => speech.Say(draft.State == PictureState.AskWhich ? "common.unclear" : "common.yes-or-no");

    public void AskWhich()
    {
        speech.Say("report-picture.which");
        foreach (var (index, child) in children.Index())
            speech.Choice(index + 1, child.Name);
        speech.AskChoice("remove-person.number-or-name", Speech.NumbersTo(children.Count), [Word.Cancel]);
    }

    public void AskConsent() => speech.Ask("report-picture.consent", [Word.Yes, Word.No, Word.Back], Names);

    public void AskEnd() => speech.Ask("report-picture.end", [Word.Yes, Word.No, Word.Back], Names);

    /// <param name="asked">The question that the yes answers.</param>
    public void AgreeOrEnd(PictureState asked)
    {
        Ends = asked == PictureState.AskEnd;
        Agreed = Ends ? null : speech.Text("report-picture.consent", Names);
        speech.Say(Ends ? "report-picture.ended" : "report-picture.agreed", Names);
    }
}
