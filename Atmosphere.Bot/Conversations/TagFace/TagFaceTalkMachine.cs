using Atmosphere.Recognition.Questions;
using Stateless;
using Stateless.Reflection;
using static Atmosphere.Bot.Conversations.TagFace.TalkState;
using static Atmosphere.Bot.Conversations.TagFace.TalkTrigger;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>
/// Leads a colleague through the open faces in a chat, one at a time. <see cref="TagFaceMachine"/> is the machine of a question.
/// </summary>
internal static class TagFaceTalkMachine
{
    public static StateMachine<TalkState, TalkTrigger> Create(TagFaceTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        GoOn(machine.Configure(Closed), TagFaces, OldButton)
            .OnEntryFrom(Voted, turn.SayTaken)
            .OnEntryFrom(TooLate, turn.SayTooLate)
            .OnEntryFrom(OldButton, turn.SayOldButton)
            .OnEntryFrom(Yes, turn.Invite)
            .OnEntryFrom(Cancel, turn.SayStopped)
            .OnEntry(transition => turn.SayNothingWaits(after: transition.Trigger))
            .PermitReentry(TakenBack, turn.SayTakenBack)
            .PermitReentry(NothingToTakeBack, turn.SayNothingToTakeBack);

        GoOn(machine.Configure(Asking), TooLate)
            .AskAgain(Help, turn.SayHelp)
            .AskAgain(Unclear, turn.SayUnclear)
            .Permit(Cancel, Closed);

        GoOn(machine.Configure(Naming).SubstateOf(Asking), Voted, Skip, OldButton, TakenBack)
            .Permit(NewPerson, AskNewName);

        machine.Configure(Shown).SubstateOf(Naming)
            .OnEntryFrom(Voted, turn.SayTaken)
            .OnEntryFrom(TooLate, turn.SayTooLate)
            .OnEntryFrom(TakenBack, turn.SayTakenBack)
            .OnEntryFrom(OldButton, turn.SayOldButton)
            .OnEntryFrom(Yes, turn.Invite)
            .PermitReentry(NothingToTakeBack, turn.SayNothingToTakeBack)
            .PermitReentry(TagFaces)
            .Permit(SomebodyElse, AskName)
            .Permit(SeveralNames, AskName)
            .PermitReentry(NobodyCalledSo, turn.SayNobodyCalledSo)
            .OnEntryAsync(turn.ShowAsync);

        machine.Configure(AskName).SubstateOf(Naming)
            .OnEntryFrom(SeveralNames, turn.SaySeveralNames)
            .PermitReentry(SomebodyElse)
            .PermitReentry(SeveralNames)
            .PermitReentry(NobodyCalledSo, turn.SayNobodyCalledSo)
            .Permit(Back, Shown)
            .Permit(TagFaces, Shown)
            .OnEntry(turn.AskName);

        machine.Configure(AskNewName).SubstateOf(Asking)
            .OnEntryFrom(NewPerson, turn.SayInvitationHelp)
            .Permit(NameGiven, AskPhone)
            .PermitReentry(NameRefused, turn.SayNameProblem)
            .Permit(Back, Shown)
            .PermitReentry(NewPerson)
            .OnEntry(turn.AskNewName);

        machine.Configure(AskPhone).SubstateOf(Asking)
            .Permit(PhoneGiven, ConfirmInvitation)
            .Permit(NoPhone, ConfirmInvitation)
            .PermitReentry(PhoneRefused, turn.SayPhoneProblem)
            .Permit(Back, AskNewName)
            .OnEntry(turn.AskPhone);

        GoOn(machine.Configure(ConfirmInvitation).SubstateOf(Asking), Yes)
            .Permit(No, Shown)
            .Permit(Back, AskPhone)
            .OnEntry(turn.AskConfirmation);

        return machine;

        StateMachine<TalkState, TalkTrigger>.StateConfiguration GoOn(StateMachine<TalkState, TalkTrigger>.StateConfiguration state, params TalkTrigger[] triggers) =>
            triggers.Aggregate(state, (all, trigger) => all.PermitDynamic(
                trigger, () => turn.HasNext ? Shown : Closed,
                possibleDestinationStates: new DynamicStateInfos { { Shown, "another face waits" }, { Closed, "nothing waits" } }));
    }
}
