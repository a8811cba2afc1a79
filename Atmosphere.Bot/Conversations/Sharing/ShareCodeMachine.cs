using Stateless;
using static Atmosphere.Bot.Conversations.Sharing.ShareCodeState;
using static Atmosphere.Bot.Conversations.Sharing.ShareCodeTrigger;

namespace Atmosphere.Bot.Conversations.Sharing;

internal enum ShareCodeState
{
    Closed,
    AskConsent,
}

internal enum ShareCodeTrigger
{
    /// <summary>A valid code.</summary>
    CodeGiven,

    /// <summary>A code that this participant cannot use.</summary>
    CodeRefused,
    Yes,
    No,
    Cancel,
    Help,

    /// <summary>Anything else.</summary>
    Unclear,
}

/// <summary>A second parent joins with the code of the first.</summary>
internal static class ShareCodeMachine
{
    public static StateMachine<ShareCodeState, ShareCodeTrigger> Create(ShareCodeTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.State, state => turn.State = state, Unclear);

        machine.Configure(Closed)
            .OnEntryFrom(Yes, turn.Join)
            .OnEntryFrom(No, turn.SayNothingHappens)
            .OnEntryFrom(Cancel, turn.SayNothingHappens)
            .Permit(CodeGiven, AskConsent)
            .PermitReentry(CodeRefused, turn.SayProblem);

        machine.Configure(AskConsent)
            .OnEntryFrom(CodeGiven, turn.UseCode)
            .Permit(Yes, Closed)
            .Permit(No, Closed)
            .Permit(Cancel, Closed)
            .PermitReentry(Help, turn.SayHelp)
            .PermitReentry(Unclear, turn.SayYesOrNo)
            .OnEntry(turn.AskConsent);

        return machine;
    }
}
