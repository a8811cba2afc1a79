using Atmosphere.Bot.Conversations.Choosing;
using Stateless;
using static Atmosphere.Bot.Conversations.Choosing.ChildTrigger;
using static Atmosphere.Bot.Conversations.ReportPicture.PictureState;

namespace Atmosphere.Bot.Conversations.ReportPicture;

internal enum PictureState
{
    Closed,

    /// <summary>Superstate of the questions below.</summary>
    Asking,
    AskWhich,

    /// <summary>Either of the two questions that a yes or no answers.</summary>
    Deciding,
    AskConsent,

    /// <summary>The user has agreed before.</summary>
    AskEnd,
}

/// <summary>A parent agrees that the teacher's reports show a small picture of a child, or ends it.</summary>
internal static class ReportPictureMachine
{
    public static StateMachine<PictureState, ChildTrigger> Create(ReportPictureTurn turn)
    {
        var machine = ChildMachine.Of(turn, Closed, Asking, AskWhich, Deciding);

        machine.Configure(Closed)
            .OnEntryFrom(Yes, answered => turn.AgreeOrEnd(answered.Source))
            .Permit(Chosen, AskConsent)
            .Permit(ChosenOtherwise, AskEnd);

        machine.Configure(AskWhich)
            .Permit(Chosen, AskConsent)
            .Permit(ChosenOtherwise, AskEnd);

        machine.Configure(AskConsent).SubstateOf(Deciding)
            .PermitReentry(Chosen)
            .Permit(ChosenOtherwise, AskEnd)
            .OnEntry(turn.AskConsent);

        machine.Configure(AskEnd).SubstateOf(Deciding)
            .PermitReentry(ChosenOtherwise)
            .Permit(Chosen, AskConsent)
            .OnEntry(turn.AskEnd);

        return machine;
    }
}
