using Stateless;
using static Atmosphere.Bot.Conversations.Home.HomeState;
using static Atmosphere.Bot.Conversations.Home.HomeTrigger;

namespace Atmosphere.Bot.Conversations.Home;

internal enum HomeState
{
    Menu,

    /// <summary>The registration of a child begins and answers the turn.</summary>
    Registering,
}

internal enum HomeTrigger
{
    /// <summary>The chat was opened, or the user greeted.</summary>
    Hello,
    AddChild,

    /// <summary>A teacher is to look at a child's face.</summary>
    AskTeacher,

    /// <summary>At least one photo arrived.</summary>
    Photo,
    Help,
    Cancel,
    Back,

    /// <summary>Files arrived, but none is usable.</summary>
    Unreadable,

    /// <summary>The text has no meaning here.</summary>
    Unclear,
}

/// <summary>Nothing is open: greets, helps, shows the menu, and starts the registration of a child.</summary>
internal static class HomeMachine
{
    public static StateMachine<HomeState, HomeTrigger> Create(HomeTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.State, state => turn.State = state, Unclear);
        machine.Configure(Menu)
            .OnEntryFrom(AddChild, turn.SayNoGroup)
            .OnEntryFrom(Photo, turn.SayNoGroup)
            .PermitReentry(Hello, turn.SayWelcome)
            .PermitIf(AddChild, Registering, () => turn.IsMember, "a group")
            .PermitReentryIf(AddChild, () => !turn.IsMember, "no group")
            .PermitIf(AskTeacher, Registering, () => turn.IsMember && !turn.IsWaiting, "a group, and no child waits")
            .PermitReentryIf(AskTeacher, () => !turn.IsMember || turn.IsWaiting, "no group, or a child waits")
            .OnEntryFrom(AskTeacher, turn.SayWhetherAsked)
            .PermitIf(Photo, Registering, () => turn.IsMember, "a group")
            .PermitReentryIf(Photo, () => !turn.IsMember, "no group")
            .PermitReentry(Help, turn.SayHelp)
            .PermitReentry(Cancel, turn.SayNothingToCancel)
            .PermitReentry(Back, turn.SayNothingToCancel)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear, turn.SayUnclear)
            .OnEntry(turn.OfferMenu);
        return machine;
    }
}
