using Stateless;
using static Atmosphere.Bot.Conversations.ForgetMe.ForgetMeState;
using static Atmosphere.Bot.Conversations.ForgetMe.ForgetMeTrigger;

namespace Atmosphere.Bot.Conversations.ForgetMe;

internal enum ForgetMeState
{
    Home,
    Confirm,
}

internal enum ForgetMeTrigger
{
    /// <summary>They want to be forgotten.</summary>
    ForgetMe,
    Yes,
    No,
    Help,

    /// <summary>The chat was opened again.</summary>
    Again,

    /// <summary>Anything else.</summary>
    Unclear,
}

/// <summary>Somebody wants to be forgotten: a look at what will go, and only a yes to that deletes it.</summary>
internal static class ForgetMeMachine
{
    public static StateMachine<ForgetMeState, ForgetMeTrigger> Create(ForgetMeTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.State, state => turn.State = state, Unclear);
        machine.Configure(Home)
            .OnEntryFrom(No, turn.SayKept)
            .OnEntryFrom(Yes, turn.Forget)
            .Permit(ForgetMeTrigger.ForgetMe, Confirm);
        machine.Configure(Confirm)
            .Permit(Yes, Home)
            .Permit(No, Home)
            .PermitReentry(ForgetMeTrigger.ForgetMe)
            .PermitReentry(Help, turn.SayHelp)
            .PermitReentry(Again)
            .PermitReentry(Unclear, turn.SayYesOrNo)
            .OnEntry(turn.AskConfirmation);
        return machine;
    }
}
