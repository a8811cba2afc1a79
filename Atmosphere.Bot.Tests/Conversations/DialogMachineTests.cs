using Atmosphere.Bot.Conversations;
using Stateless;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class DialogMachineTests
{
    private readonly List<string> _said = [];
    private Talk _state = Talk.Asking;

    private enum Talk
    {
        Asking,
        Over,
    }

    private enum Said
    {
        Yes,
        Hello,
        Unclear,
    }

    [Fact]
    public async Task What_a_state_does_not_know_is_answered_as_unclear()
    {
        var machine = Machine();
        await machine.FireAsync(Said.Hello);
        Assert.Equal(["unclear"], _said);
        Assert.Equal(Talk.Asking, _state);
    }

    [Fact]
    public async Task A_state_that_does_not_know_unclear_either_is_named()
    {
        var machine = Machine();
        await machine.FireAsync(Said.Yes);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => machine.FireAsync(Said.Hello));
        Assert.Contains("'Unclear' is not permitted in state 'Over'", error.Message, StringComparison.Ordinal);
    }

    private StateMachine<Talk, Said> Machine()
    {
        var machine = DialogMachine.Of(() => _state, state => _state = state, Said.Unclear);
        machine.Configure(Talk.Asking).Permit(Said.Yes, Talk.Over).PermitReentry(Said.Unclear).OnEntryFrom(Said.Unclear, () => _said.Add("unclear"));
        return machine;
    }
}
