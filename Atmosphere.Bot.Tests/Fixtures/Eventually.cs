using System.Diagnostics;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>Waits for what must become true, and says what it was instead when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < _limit, $"After {_limit.TotalSeconds} s it is still not true that {what}.");
            await Task.Delay(2);
        }
    }
}
