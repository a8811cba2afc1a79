namespace Atmosphere.Recognition.Messaging;

/// <summary>How often a step is tried and how long the pauses between the attempts are: exponential, with jitter.</summary>
/// <param name="Attempts">How often a message is tried before it is exhausted, at least 1.</param>
/// <param name="FirstDelay">The pause after the first failure.</param>
/// <param name="LongestDelay">The longest pause.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    // A service that asks for a longer pause is assumed to be mistaken.
    private static readonly TimeSpan _longestAskedFor = TimeSpan.FromHours(1);

    /// <summary>Five attempts over about half a minute.</summary>
    public static RetryPolicy Default { get; } = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>The pause before the next attempt, at least as long as a <see cref="TryLaterException"/> asks for; null: give up.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="jitter">0..1; spreads the pause over 0.5 to 1.5 times its length.</param>
    public TimeSpan? After(Exception failure, int attempt, double jitter)
    {
        if (failure is HopelessException || attempt >= Attempts)
            return null;

        var seconds = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1), LongestDelay.TotalSeconds);
        var rest = TimeSpan.FromSeconds(seconds * (0.5 + jitter));
        var asked = failure is TryLaterException later ? later.Rest : TimeSpan.Zero;
        return asked <= rest ? rest : asked < _longestAskedFor ? asked : _longestAskedFor;
    }
}
