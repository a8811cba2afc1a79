using Atmosphere.Bot.Conversations.Choosing;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.ReportPicture;

/// <summary>The actions of <see cref="ReportPictureMachine"/>.</summary>
/// <param name="children">The children that the user guards.</param>
/// <param name="group">Name of the chosen child's group.</param>
internal sealed class ReportPictureTurn(ChildDraft<PictureState> draft, Speech speech, IReadOnlyList<RegisteredPerson> children, string group)
    : ChildTurn<PictureState>(draft, speech, children)
{
    /// <summary>The consent given with this turn, as it was shown; null: none.</summary>
    public string? Agreed { get; private set; }

    /// <summary>True if this turn ends the consent.</summary>
    public bool Ends { get; private set; }

    private (string, string)[] Names => [("name", Child?.Name ?? ""), ("group", group)];

    public override void SayNoChild() => Speech.Say("report-picture.no-child");

    public override void SayNothingChanges() => Speech.Say("report-picture.unchanged");

    public override void SayHelp() => Speech.Say("report-picture.help");

    public void AskConsent() => Speech.Ask("report-picture.consent", [Word.Yes, Word.No, Word.Back], Names);

    public void AskEnd() => Speech.Ask("report-picture.end", [Word.Yes, Word.No, Word.Back], Names);

    /// <param name="asked">The question that the yes answers.</param>
    public void AgreeOrEnd(PictureState asked)
    {
        Ends = asked == PictureState.AskEnd;
        Agreed = Ends ? null : Speech.Text("report-picture.consent", Names);
        Speech.Say(Ends ? "report-picture.ended" : "report-picture.agreed", Names);
    }

    protected override void SayWhich() => Speech.Say("report-picture.which");
}
