using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.Choosing;
using Atmosphere.Bot.Conversations.ForgetMe;
using Atmosphere.Bot.Conversations.RemovePerson;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Stateless;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class ForgettingMachinesTests
{
    private readonly ChildDraft<RemoveState> _draft = new();

    /// <summary>ATMOSPHERE_ACCEPT=1 draws them anew.</summary>
    [Fact]
    public void The_diagrams_are_those_in_dialogs()
    {
        Compare("remove-person", MermaidDiagram.Of(Remove(), RemoveState.Closed));
        Compare("forget-me", MermaidDiagram.Of(Forget(ForgetMeState.Closed), ForgetMeState.Closed));
    }

    [Fact]
    public void Every_open_state_answers_help_cancel_files_and_words_that_mean_nothing()
    {
        foreach (var state in (RemoveState[])[RemoveState.AskWhich, RemoveState.Confirm, RemoveState.ConfirmLeaving])
        {
            _draft.State = state;
            foreach (var trigger in (ChildTrigger[])[ChildTrigger.Help, ChildTrigger.Cancel, ChildTrigger.Back, ChildTrigger.No, ChildTrigger.Again, ChildTrigger.Unclear])
                Assert.True(Remove().CanFire(trigger), $"{state} does not know {trigger}");
        }

        foreach (var trigger in Enum.GetValues<ForgetMeTrigger>())
            Assert.True(Forget(ForgetMeState.Confirm).CanFire(trigger), $"The confirmation does not know {trigger}");
    }

    [Fact]
    public void Nobody_is_removed_or_forgotten_but_by_a_yes_to_the_confirmation()
    {
        Assert.Equal([RemoveState.Confirm, RemoveState.ConfirmLeaving], StatesThatKnow(Remove(), ChildTrigger.Yes).Order());
        Assert.Equal([ForgetMeState.Confirm], StatesThatKnow(Forget(ForgetMeState.Closed), ForgetMeTrigger.Yes));
    }

    private static IEnumerable<TState> StatesThatKnow<TState, TTrigger>(StateMachine<TState, TTrigger> machine, TTrigger trigger)
        where TTrigger : notnull =>
        from state in machine.GetInfo().States
        where state.Transitions.Any(way => way.Trigger.UnderlyingTrigger.Equals(trigger))
        from open in state.Substates.DefaultIfEmpty(state)
        select (TState)open.UnderlyingState;

    private static Speech Speech => new(Languages.Load(Dialogs.Folder).Default);

    private static StateMachine<ForgetMeState, ForgetMeTrigger> Forget(ForgetMeState state) => ForgetMeMachine.Create(new ForgetMeTurn(Speech, []) { State = state });

    private StateMachine<RemoveState, ChildTrigger> Remove() => RemovePersonMachine.Create(new RemovePersonTurn(_draft, Speech, []));

    private static void Compare(string dialog, string drawn)
    {
        var file = Path.Combine(Dialogs.Folder, dialog, "diagram.mmd");
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }
}
