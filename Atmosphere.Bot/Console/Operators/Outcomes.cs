using Atmosphere.Recognition.Messaging.Operations;

namespace Atmosphere.Bot.Console.Operators;

/// <summary>Counts the results of a bulk operation and prints one line per failure.</summary>
internal sealed class Outcomes(Terminal terminal)
{
    private int _done;
    private int _refused;

    /// <summary>Does one item; a refusal is printed and does not stop the others.</summary>
    public async Task TryAsync(Func<Task<bool>> work)
    {
        try
        {
            _done += await work() ? 1 : 0;
        }
        catch (ReplayRefusedException refused)
        {
            _refused++;
            await terminal.Error.WriteLineAsync(refused.Message);
        }
    }

    /// <param name="done">Such as "replayed".</param>
    /// <param name="what">Such as "dead letter".</param>
    /// <param name="several">The plural, if it is not formed with s.</param>
    public int End(string done, string what, bool json, string? several = null)
    {
        if (json)
            Sheet.Json(terminal, new Dictionary<string, int> { [done] = _done, ["refused"] = _refused });
        else
            terminal.Line(Sheet.Say($"{_done} {(_done == 1 ? what : several ?? what + "s")} {done}{(_refused > 0 ? $", {_refused} refused (see above)" : "")}."));
        return _refused == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
