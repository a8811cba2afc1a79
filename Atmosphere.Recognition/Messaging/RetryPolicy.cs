namespace Atmosphere.Recognition.Messaging;

/// <summary>How often a step is tried, and how long it rests in between: exponential, with jitter.</summary>
/// <param name="Attempts">How often a message is tried before it is exhausted, at least 1.</param>
/// <param name="FirstDelay">The rest after the first failure.</param>
/// <param name="LongestDelay">No rest is longer.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    // A longer rest that somebody asks for is a mistake of theirs.
    private static readonly TimeSpan _longestAskedFor = TimeSpan.FromHours(1);

    /// <summary>Five attempts over about half a minute.</summary>
    public static RetryPolicy Default { get; } = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>The rest before the next attempt, not shorter than a <see cref="TryLaterException"/> asks for; null when there is none.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="jitter">0..1; spreads the rest over half to one and a half times its length.</param>
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
