using Stateless;
using static Atmosphere.Bot.Conversations.ForgetMe.ForgetMeState;
using static Atmosphere.Bot.Conversations.ForgetMe.ForgetMeTrigger;

namespace Atmosphere.Bot.Conversations.ForgetMe;

internal enum ForgetMeState
{
    Closed,
    Confirm,
}

internal enum ForgetMeTrigger
{
    /// <summary>The user asks to be erased.</summary>
    ForgetMe,
    Yes,
    No,
    Help,

    /// <summary>The chat was opened again.</summary>
    Again,

    /// <summary>Anything else.</summary>
    Unclear,
}

/// <summary>Shows what will be deleted, and deletes it only after a yes.</summary>
internal static class ForgetMeMachine
{
    public static StateMachine<ForgetMeState, ForgetMeTrigger> Create(ForgetMeTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.State, state => turn.State = state, Unclear);
        machine.Configure(Closed)
            .OnEntryFrom(No, turn.SayKept)
            .OnEntryFrom(Yes, turn.Forget)
            .Permit(ForgetMeTrigger.ForgetMe, Confirm);
        machine.Configure(Confirm)
            .Permit(Yes, Closed)
            .Permit(No, Closed)
            .PermitReentry(ForgetMeTrigger.ForgetMe)
            .PermitReentry(Help, turn.SayHelp)
            .PermitReentry(Again)
            .PermitReentry(Unclear, turn.SayYesOrNo)
            .OnEntry(turn.AskConfirmation);
        return machine;
    }
}
