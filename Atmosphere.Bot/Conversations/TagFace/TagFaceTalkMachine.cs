using Stateless;
using static Atmosphere.Bot.Conversations.TagFace.TalkState;
using static Atmosphere.Bot.Conversations.TagFace.TalkTrigger;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>A colleague goes through the faces that wait, one after the other, in a chat. What becomes of a question is <see cref="TagFaceMachine"/>.</summary>
internal static class TagFaceTalkMachine
{
    private const string More = "another face waits";
    private const string NoMore = "nothing waits";

    public static StateMachine<TalkState, TalkTrigger> Create(TagFaceTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(Closed)
            .OnEntryFrom(TagFaces, turn.SayNothingWaits)
            .OnEntryFrom(Voted, turn.SayTaken)
            .OnEntryFrom(Voted, turn.SayNothingWaits)
            .OnEntryFrom(TooLate, turn.SayTooLate)
            .OnEntryFrom(TooLate, turn.SayNothingWaits)
            .OnEntryFrom(OldButton, turn.SayOldButton)
            .OnEntryFrom(OldButton, turn.SayNothingWaits)
            .OnEntryFrom(TakenBack, turn.SayTakenBack)
            .OnEntryFrom(NothingToTakeBack, turn.SayNothingToTakeBack)
            .OnEntryFrom(Skip, turn.SayNothingWaits)
            .OnEntryFrom(Yes, turn.Invite)
            .OnEntryFrom(Yes, turn.SayNothingWaits)
            .OnEntryFrom(Cancel, turn.SayStopped)
            .PermitIf(TagFaces, Shown, () => turn.HasNext, More)
            .PermitReentryIf(TagFaces, () => !turn.HasNext, NoMore)
            .PermitIf(OldButton, Shown, () => turn.HasNext, More)
            .PermitReentryIf(OldButton, () => !turn.HasNext, NoMore)
            .PermitReentry(TakenBack)
            .PermitReentry(NothingToTakeBack);

        machine.Configure(Shown)
            .OnEntryFrom(Voted, turn.SayTaken)
            .OnEntryFrom(TooLate, turn.SayTooLate)
            .OnEntryFrom(TakenBack, turn.SayTakenBack)
            .OnEntryFrom(NothingToTakeBack, turn.SayNothingToTakeBack)
            .OnEntryFrom(OldButton, turn.SayOldButton)
            .OnEntryFrom(Yes, turn.Invite)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(Unclear, turn.SayUnclear)
            .OnEntryFrom(NobodyCalledSo, turn.SayNobodyCalledSo)
            .OnEntryAsync(_ => turn.ShowAsync())
            .PermitReentryIf(Voted, () => turn.HasNext, More)
            .PermitIf(Voted, Closed, () => !turn.HasNext, NoMore)
            .PermitReentryIf(TooLate, () => turn.HasNext, More)
            .PermitIf(TooLate, Closed, () => !turn.HasNext, NoMore)
            .PermitReentryIf(Skip, () => turn.HasNext, More)
            .PermitIf(Skip, Closed, () => !turn.HasNext, NoMore)
            .PermitReentryIf(OldButton, () => turn.HasNext, More)
            .PermitIf(OldButton, Closed, () => !turn.HasNext, NoMore)
            .PermitReentryIf(TakenBack, () => turn.HasNext, More)
            .PermitIf(TakenBack, Closed, () => !turn.HasNext, NoMore)
            .PermitReentry(NothingToTakeBack)
            .PermitReentry(TagFaces)
            .Permit(SomebodyElse, AskName)
            .Permit(SeveralNames, AskName)
            .PermitReentry(NobodyCalledSo)
            .Permit(NewPerson, AskNewName)
            .PermitReentry(Help)
            .PermitReentry(Unclear)
            .Permit(Cancel, Closed);

        machine.Configure(AskName)
            .OnEntryFrom(SeveralNames, turn.SaySeveralNames)
            .OnEntryFrom(NobodyCalledSo, turn.SayNobodyCalledSo)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(Unclear, turn.SayUnclear)
            .OnEntry(turn.AskName)
            .PermitIf(Voted, Shown, () => turn.HasNext, More)
            .PermitIf(Voted, Closed, () => !turn.HasNext, NoMore)
            .PermitIf(TooLate, Shown, () => turn.HasNext, More)
            .PermitIf(TooLate, Closed, () => !turn.HasNext, NoMore)
            .PermitIf(Skip, Shown, () => turn.HasNext, More)
            .PermitIf(Skip, Closed, () => !turn.HasNext, NoMore)
            .PermitIf(OldButton, Shown, () => turn.HasNext, More)
            .PermitIf(OldButton, Closed, () => !turn.HasNext, NoMore)
            .PermitIf(TakenBack, Shown, () => turn.HasNext, More)
            .PermitIf(TakenBack, Closed, () => !turn.HasNext, NoMore)
            .PermitReentry(SomebodyElse)
            .PermitReentry(SeveralNames)
            .PermitReentry(NobodyCalledSo)
            .Permit(NewPerson, AskNewName)
            .Permit(Back, Shown)
            .Permit(TagFaces, Shown)
            .PermitReentry(Help)
            .PermitReentry(Unclear)
            .Permit(Cancel, Closed);

        machine.Configure(AskNewName)
            .OnEntryFrom(NewPerson, turn.SayWhatAnInvitationIs)
            .OnEntryFrom(NameRefused, turn.SayNameProblem)
            .OnEntryFrom(Help, turn.SayInvitationHelp)
            .OnEntry(turn.AskNewName)
            .Permit(NameGiven, AskPhone)
            .PermitReentry(NameRefused)
            .PermitIf(TooLate, Shown, () => turn.HasNext, More)
            .PermitIf(TooLate, Closed, () => !turn.HasNext, NoMore)
            .Permit(Back, Shown)
            .PermitReentry(NewPerson)
            .PermitReentry(Help)
            .PermitReentry(Unclear)
            .Permit(Cancel, Closed);

        machine.Configure(AskPhone)
            .OnEntryFrom(PhoneRefused, turn.SayPhoneProblem)
            .OnEntryFrom(Help, turn.SayInvitationHelp)
            .OnEntry(turn.AskPhone)
            .Permit(PhoneGiven, ConfirmInvitation)
            .Permit(NoPhone, ConfirmInvitation)
            .PermitReentry(PhoneRefused)
            .PermitIf(TooLate, Shown, () => turn.HasNext, More)
            .PermitIf(TooLate, Closed, () => !turn.HasNext, NoMore)
            .Permit(Back, AskNewName)
            .PermitReentry(Help)
            .PermitReentry(Unclear)
            .Permit(Cancel, Closed);

        machine.Configure(ConfirmInvitation)
            .OnEntryFrom(Help, turn.SayInvitationHelp)
            .OnEntryFrom(Unclear, turn.SayYesOrNo)
            .OnEntry(turn.AskConfirmation)
            .PermitIf(Yes, Shown, () => turn.HasNext, More)
            .PermitIf(Yes, Closed, () => !turn.HasNext, NoMore)
            .PermitIf(TooLate, Shown, () => turn.HasNext, More)
            .PermitIf(TooLate, Closed, () => !turn.HasNext, NoMore)
            .Permit(No, Shown)
            .Permit(Back, AskPhone)
            .PermitReentry(Help)
            .PermitReentry(Unclear)
            .Permit(Cancel, Closed);

        return machine;
    }
}
