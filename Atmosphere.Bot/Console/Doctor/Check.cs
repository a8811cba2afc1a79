namespace Atmosphere.Bot.Console.Doctor;

/// <summary>One thing that the machine must have.</summary>
/// <param name="Name">Two or three words.</param>
/// <param name="Look">Says what was found; throws with what to do where it is not well.</param>
internal sealed record Check(string Name, Func<CancellationToken, Task<string>> Look)
{
    public Check(string name, Func<string> look)
        : this(name, _ => Task.FromResult(look()))
    {
    }

    /// <returns>Whether all is well, and what was found or what to do.</returns>
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
