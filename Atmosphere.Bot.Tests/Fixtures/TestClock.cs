namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>A clock that stands still until the test moves it; timers fire while it moves.</summary>
internal static class TestClock
{
    /// <summary>A Sunday morning in Greenwich.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider New() => new(Start);
}
