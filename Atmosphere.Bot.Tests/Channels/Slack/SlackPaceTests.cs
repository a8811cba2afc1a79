using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class SlackPaceTests
{
    private const string Post = "chat.postMessage";

    private readonly TestClock _clock = new();
    private readonly SlackPace _pace;
    private readonly DateTimeOffset _start;

    public SlackPaceTests() => (_pace, _start) = (new SlackPace(_clock), _clock.GetUtcNow());

    [Fact]
    public async Task A_few_come_at_once_and_then_one_each_second_in_each_channel()
    {
        await BurstAsync("C1");
        await BurstAsync("C2");
        await OneEachSecondAsync([.. Enumerable.Range(0, 4).Select(_ => WaitAsync("C1"))], TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Who_would_wait_too_long_comes_again_later()
    {
        await BurstAsync("C1");
        var waiting = Enumerable.Range(0, 5).Select(_ => WaitAsync("C1")).ToList();
        var later = await Assert.ThrowsAsync<TryLaterException>(() => WaitAsync("C1"));
        Assert.Equal(TimeSpan.FromSeconds(6), later.Rest);
        await OneEachSecondAsync(waiting, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Those_who_wait_when_slack_closes_do_not_all_come_at_once_afterwards()
    {
        await BurstAsync("C1");
        var waiting = Enumerable.Range(0, 3).Select(_ => WaitAsync("C1")).ToList();
        _pace.Close(Post, "C1", TimeSpan.FromSeconds(4));
        // Refused together with the first.
        _pace.Close(Post, "C1", TimeSpan.FromSeconds(4));
        await OneEachSecondAsync(waiting, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task What_slack_closes_is_closed_for_that_time_and_alone()
    {
        _pace.Close(Post, "C1", TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(30), (await Assert.ThrowsAsync<TryLaterException>(() => WaitAsync("C1"))).Rest);
        await WaitAsync("C2");
        await _pace.WaitAsync("chat.update", "C1", default);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(20), (await Assert.ThrowsAsync<TryLaterException>(() => WaitAsync("C1"))).Rest);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await WaitAsync("C1");
    }

    [Fact]
    public async Task A_day_of_calls_stays_within_the_tier()
    {
        var slack = new PlayedTiers();
        var made = 0;
        for (var call = 0; call < 2000; call++)
        {
            try
            {
                var wait = _pace.WaitAsync("files.delete", "", default);
                while (!wait.IsCompleted)
                {
                    _clock.Advance(TimeSpan.FromMilliseconds(600));
                    await Task.Yield();
                }

                await wait;
                made++;
                Assert.Null(slack.SecondsToWait("files.delete", "", _clock.GetUtcNow()));
            }
            catch (TryLaterException later)
            {
                _clock.Advance(later.Rest);
            }
        }

        Assert.Equal(2000, made);
    }

    private Task WaitAsync(string channel) => _pace.WaitAsync(Post, channel, default);

    private async Task BurstAsync(string channel)
    {
        for (var post = 0; post < 5; post++)
        {
            var wait = WaitAsync(channel);
            Assert.True(wait.IsCompleted);
            await wait;
        }
    }

    private Task OneEachSecondAsync(List<Task> waiting, TimeSpan first) => Eventually.TrueAsync(
        () =>
        {
            var done = waiting.Count(wait => wait.IsCompletedSuccessfully);
            var most = Math.Floor((_clock.GetUtcNow() - _start - first).TotalSeconds) + 1;
            Assert.InRange(done, 0, Math.Max(0, most));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return done == waiting.Count;
        },
        "all had their turn");
}
