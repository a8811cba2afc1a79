using Stateless;
using static Atmosphere.Bot.Conversations.NotMyChild.NotMyChildState;
using static Atmosphere.Bot.Conversations.NotMyChild.NotMyChildTrigger;

namespace Atmosphere.Bot.Conversations.NotMyChild;

/// <summary>A parent says that a photo shows another child. Asks which child if several are named; then acts at once.</summary>
internal static class NotMyChildMachine
{
    public static StateMachine<NotMyChildState, NotMyChildTrigger> Create(NotMyChildTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(Said)
            .Permit(NoPhoto, Ended)
            .Permit(OneChild, Ended)
            .Permit(SeveralChildren, AskWhich);

        machine.Configure(AskWhich)
            .Permit(Chosen, Ended)
            .Permit(NoPhoto, Ended)
            .Permit(None, Ended)
            .Permit(Cancel, Ended)
            .Permit(Back, Ended)
            .PermitReentry(Help, turn.SayHelp)
            .PermitReentry(Unclear, turn.SayNumberPlease)
            .OnEntryAsync(turn.AskWhichAsync);

        machine.Configure(Ended)
            .OnEntryFrom(NoPhoto, turn.SayNoPhoto)
            .OnEntryFrom(OneChild, turn.Refuse)
            .OnEntryFrom(Chosen, turn.Refuse)
            .OnEntryFrom(None, turn.SayNothingChanged)
            .OnEntryFrom(Cancel, turn.SayNothingChanged)
            .OnEntryFrom(Back, turn.SayNothingChanged);

        return machine;
    }
}
