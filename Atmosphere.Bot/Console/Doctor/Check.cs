namespace Atmosphere.Bot.Console.Doctor;

/// <summary>A requirement of the machine.</summary>
/// <param name="Name">Two or three words.</param>
/// <param name="Look">Returns what was found; throws with the remedy if the check fails.</param>
internal sealed record Check(string Name, Func<CancellationToken, Task<string>> Look)
{
    public Check(string name, Func<string> look)
        : this(name, _ => Task.FromResult(look()))
    {
    }

    /// <returns>Whether the check passed, and what was found or what to do.</returns>
    public async Task<(bool Well, string Text)> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return (true, await Look(cancellation));
        }
        catch (Exception unwell) when (unwell is not OperationCanceledException)
        {
            return (false, unwell.Message);
        }
    }
}
