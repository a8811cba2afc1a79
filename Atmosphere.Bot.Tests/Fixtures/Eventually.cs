using System.Diagnostics;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>The one place where tests wait, and where the limits stand. A wait that ends in vain says what did not happen.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(30);

    /// <summary>For a client that waits by itself.</summary>
    public static TimeSpan Limit => Speed.Stretch(_quiet);

    /// <summary>For a scenario that kills servers and works through many photos.</summary>
#pragma warning disable RS0030 // The one place with a limit of its own.
    public static CancellationTokenSource Scenario() => new(Speed.Stretch(TimeSpan.FromMinutes(15)));
#pragma warning restore RS0030

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        var limit = Limit;
        while (!await condition())
        {
            if (watch.Elapsed > limit)
                limit = Speed.StretchNow(_quiet);
            Assert.True(watch.Elapsed < limit, $"After {watch.Elapsed.TotalSeconds:0} s it is still not true that {what}.");
            await Task.Delay(2);
        }
    }

    public static async Task EndsAsync(Task task, string what)
    {
        await TrueAsync(() => task.IsCompleted, what);
        await task;
    }
}
