using Stateless;
using static Atmosphere.Bot.Conversations.ReportPicture.PictureState;
using static Atmosphere.Bot.Conversations.ReportPicture.PictureTrigger;

namespace Atmosphere.Bot.Conversations.ReportPicture;

/// <summary>A parent agrees that the teacher's reports show a small picture of a child, or ends it.</summary>
internal static class ReportPictureMachine
{
    public static StateMachine<PictureState, PictureTrigger> Create(ReportPictureTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(Closed)
            .OnEntryFrom(Cancel, turn.SayNothingChanges)
            .OnEntryFrom(Back, turn.SayNothingChanges)
            .OnEntryFrom(No, turn.SayNothingChanges)
            .OnEntryFrom(Yes, answered => turn.AgreeOrEnd(answered.Source))
            .OnEntryFrom(NoChild, turn.SayNoChild)
            .PermitReentry(NoChild)
            .Permit(Several, AskWhich)
            .Permit(Unknown, AskWhich)
            .Permit(Chosen, AskConsent)
            .Permit(ChosenAgain, AskEnd);

        machine.Configure(Asking)
            .AskAgain(Help, turn.SayHelp)
            .AskAgain(Again)
            .AskAgain(Unclear, turn.SayUnclear)
            .Permit(NoChild, Closed)
            .Permit(No, Closed)
            .Permit(Cancel, Closed);

        machine.Configure(AskWhich).SubstateOf(Asking)
            .OnEntryFrom(Unknown, turn.SayUnknown)
            .Permit(Chosen, AskConsent)
            .Permit(ChosenAgain, AskEnd)
            .PermitReentry(Several)
            .PermitReentry(Unknown)
            .Permit(Back, Closed)
            .OnEntry(turn.AskWhich);

        machine.Configure(Deciding).SubstateOf(Asking)
            .Permit(Yes, Closed)
            .Permit(Several, AskWhich)
            .Permit(Unknown, AskWhich)
            .PermitIf(Back, AskWhich, () => turn.HasChoice, "several children")
            .PermitIf(Back, Closed, () => !turn.HasChoice, "one child");

        machine.Configure(AskConsent).SubstateOf(Deciding)
            .PermitReentry(Chosen)
            .Permit(ChosenAgain, AskEnd)
            .OnEntry(turn.AskConsent);

        machine.Configure(AskEnd).SubstateOf(Deciding)
            .PermitReentry(ChosenAgain)
            .Permit(Chosen, AskConsent)
            .OnEntry(turn.AskEnd);

        return machine;
    }
}
