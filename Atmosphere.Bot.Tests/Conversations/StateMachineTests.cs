using Atmosphere.Bot.Conversations;
using Stateless;
using Stateless.Reflection;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class StateMachineTests
{
    private readonly List<string> _happened = [];
    private Call _state = Call.OffHook;

    private enum Call
    {
        OffHook,
        Ringing,
        Connected,
        OnHold,
    }

    private enum Act
    {
        Dial,
        Answer,
        Hold,
        Resume,
        HangUp,
        Smile,
    }

    [Fact]
    public void A_permitted_trigger_leads_to_its_destination()
    {
        var machine = Machine();
        machine.Configure(Call.OffHook).Permit(Act.Dial, Call.Ringing);
        machine.Fire(Act.Dial);
        Assert.Equal(Call.Ringing, machine.State);
    }

    [Fact]
    public void Exit_and_entry_actions_run_in_reading_order_around_the_change()
    {
        var machine = Machine();
        machine.Configure(Call.OffHook).Permit(Act.Dial, Call.Ringing).OnExit(() => Note("left"));
        machine.Configure(Call.Ringing)
            .OnEntryFrom(Act.Dial, () => Note("dialled"))
            .OnEntryFrom(Act.Resume, () => Note("resumed"))
            .OnEntry(transition => Note($"{transition.Source}>{transition.Destination}"));
        machine.Fire(Act.Dial);
        Assert.Equal(["left OffHook", "dialled Ringing", "OffHook>Ringing Ringing"], _happened);
    }

    [Fact]
    public void A_guard_chooses_between_two_destinations()
    {
        var machine = Machine();
        var isFree = false;
        machine.Configure(Call.OffHook)
            .PermitIf(Act.Dial, Call.Ringing, () => isFree, "the line is free")
            .PermitReentryIf(Act.Dial, () => !isFree, "busy")
            .OnEntry(() => Note("again"));
        machine.Fire(Act.Dial);
        Assert.Equal(Call.OffHook, machine.State);
        isFree = true;
        machine.Fire(Act.Dial);
        Assert.Equal(Call.Ringing, machine.State);
        Assert.Equal(["again OffHook"], _happened);
    }

    [Fact]
    public void Guards_that_do_not_exclude_each_other_are_an_error()
    {
        var machine = Machine();
        machine.Configure(Call.OffHook).PermitIf(Act.Dial, Call.Ringing, () => true, "one").PermitIf(Act.Dial, Call.OnHold, () => true, "two");
        Assert.Contains("mutually exclusive", Assert.Throws<InvalidOperationException>(() => machine.Fire(Act.Dial)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_trigger_is_an_error_until_somebody_handles_it()
    {
        var machine = Machine();
        Assert.Contains("from state 'OffHook' for trigger 'Smile'", Assert.Throws<InvalidOperationException>(() => machine.Fire(Act.Smile)).Message, StringComparison.Ordinal);
        machine.OnUnhandledTrigger((state, trigger) => Note($"{trigger} in {state}"));
        machine.Fire(Act.Smile);
        Assert.Equal(["Smile in OffHook OffHook"], _happened);
    }

    [Fact]
    public void An_ignored_trigger_changes_nothing_and_is_permitted()
    {
        var machine = Machine();
        machine.Configure(Call.OffHook).Ignore(Act.Smile).OnEntry(() => Note("entered")).OnExit(() => Note("left"));
        Assert.True(machine.CanFire(Act.Smile));
        machine.Fire(Act.Smile);
        Assert.Empty(_happened);
    }

    [Fact]
    public async Task Only_what_its_guards_allow_is_permitted()
    {
        var machine = Machine();
        machine.Configure(Call.OffHook).Permit(Act.Dial, Call.Ringing).PermitIf(Act.Hold, Call.OnHold, () => false, "never").Ignore(Act.Smile);
        Assert.Equal([Act.Dial, Act.Smile], await machine.PermittedTriggersAsync);
        Assert.False(machine.CanFire(Act.Hold));
    }

    [Fact]
    public void A_dynamic_destination_is_chosen_when_it_is_fired()
    {
        var machine = Machine();
        var next = Call.Ringing;
        machine.Configure(Call.OffHook).PermitDynamic(Act.Dial, () => next, possibleDestinationStates: Either(Call.Ringing, Call.Connected));
        next = Call.Connected;
        machine.Fire(Act.Dial);
        Assert.Equal(Call.Connected, machine.State);
    }

    [Fact]
    public async Task Asynchronous_actions_need_FireAsync()
    {
        var machine = Machine();
        var answer = new TaskCompletionSource();
        machine.Configure(Call.OffHook).Permit(Act.Dial, Call.Ringing);
        machine.Configure(Call.Ringing).OnEntryAsync(_ => answer.Task).Permit(Act.HangUp, Call.OffHook);
        Assert.Contains("[FireAsync]", Assert.Throws<InvalidOperationException>(() => machine.Fire(Act.Dial)).Message, StringComparison.Ordinal);
        machine.Fire(Act.HangUp);
        var fired = machine.FireAsync(Act.Dial);
        Assert.False(fired.IsCompleted);
        answer.SetResult();
        await fired;
    }

    [Fact]
    public void A_permit_to_the_same_state_asks_for_a_reentry() =>
        Assert.Contains("PermitReentry", Assert.Throws<ArgumentException>(() => Machine().Configure(Call.OffHook).Permit(Act.Dial, Call.OffHook)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_diagram_shows_every_way_with_its_condition()
    {
        var machine = Machine();
        machine.Configure(Call.OffHook).Permit(Act.Dial, Call.Ringing).PermitReentry(Act.Smile);
        machine.Configure(Call.Ringing).PermitIf(Act.Answer, Call.Connected, () => true, "somebody is there").Permit(Act.HangUp, Call.OffHook).Ignore(Act.Smile);
        machine.Configure(Call.Connected).PermitDynamic(Act.Hold, () => Call.OnHold, possibleDestinationStates: Either(Call.OnHold, Call.OffHook));
        Assert.Equal(
            """
            stateDiagram-v2
                [*] --> OffHook
                OffHook --> Ringing : Dial
                OffHook --> OffHook : Smile
                Ringing --> Connected : Answer [somebody is there]
                Ringing --> OffHook : HangUp
                Connected --> OnHold : Hold
                Connected --> OffHook : Hold

            """,
            MermaidDiagram.Of(machine, Call.OffHook));
    }

    [Fact]
    public void A_superstate_answers_for_its_substates_and_each_is_entered_again()
    {
        var machine = Machine();
        machine.Configure(Call.Connected).AskAgain(Act.Smile, () => Note("smiled")).Permit(Act.HangUp, Call.OffHook);
        machine.Configure(Call.Ringing).SubstateOf(Call.Connected).Permit(Act.Answer, Call.OnHold).OnEntry(() => Note("rings"));
        machine.Configure(Call.OnHold).SubstateOf(Call.Connected).PermitReentry(Act.Hold, () => Note("held")).Permit(Act.HangUp, Call.Ringing);
        _state = Call.Ringing;
        machine.Fire(Act.Smile);
        Assert.Equal(["smiled Ringing", "rings Ringing"], _happened);
        Assert.Equal(
            """
            stateDiagram-v2
                [*] --> Ringing
                Ringing --> OnHold : Answer
                Ringing --> Ringing : Smile
                Ringing --> OffHook : HangUp
                OnHold --> OnHold : Hold, Smile
                OnHold --> Ringing : HangUp

            """,
            MermaidDiagram.Of(machine, Call.Ringing));
        machine.Fire(Act.HangUp);
        Assert.Equal(Call.OffHook, _state);
    }

    private static DynamicStateInfos Either(Call one, Call other) => new() { { one, "" }, { other, "" } };

    private StateMachine<Call, Act> Machine() => new(() => _state, state => _state = state);

    private void Note(string what) => _happened.Add($"{what} {_state}");
}
