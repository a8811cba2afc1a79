using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Contracts;

/// <content>Failures, retries and dead letters.</content>
public abstract partial class BusContract
{
    [Fact]
    public async Task What_dies_in_one_subscription_lives_in_the_other()
    {
        Depot.Work = (_, _) => throw new HopelessException("Not this way.");
        await Bus.SendAsync(new Parcel("a"));

        await SeenAsync("count a", "deliver lost a");
        await EmptyAsync();
        Assert.Equal("parcels/Forward", Assert.Single(await Bus.DeadLettersAsync()).Queue);
        Assert.Single(Depot.Seen, "count a");
    }

    [Fact]
    public async Task A_dead_letter_keeps_what_was_written_on_the_message()
    {
        Depot.Work = (_, _) => throw new IOException("The line is bad.");
        Correlation.Continue("the first webhook");
        var sentAt = Clock.GetUtcNow();
        await Bus.SendAsync(new Parcel("a", "key"));
        await AdvanceUntilAsync(() => Depot.Seen.Contains("deliver lost a"), TimeSpan.Zero, TimeSpan.FromMinutes(2));

        var dead = Assert.Single(await Bus.DeadLettersAsync());
        Assert.Equal(typeof(Parcel).FullName, dead.Type);
        Assert.Equal(("the first webhook", "key", 3, 0), (dead.CorrelationId, dead.OrderKey, dead.Attempts, dead.Crashes));
        Assert.Equal((sentAt, 32), (DateTimeOffset.FromUnixTimeMilliseconds(dead.SentAt), dead.Id.Length));
        Assert.True(dead.DiedAt > dead.SentAt);
    }

    [Fact]
    public async Task A_key_that_fails_does_not_hold_up_another_key()
    {
        Depot.Work = (parcel, _) => parcel.Key == "bad" ? throw new IOException("The line is bad.") : Task.CompletedTask;
        for (var i = 0; i < 5; i++)
        {
            await Bus.SendAsync(new Parcel($"bad {i}", "bad"));
            await Bus.SendAsync(new Parcel($"good {i}", "good"));
        }

        await SeenAsync([.. Enumerable.Range(0, 5).Select(i => $"deliver good {i}")]);
        Assert.Single(Depot.Seen, seen => seen.StartsWith("forward bad", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_message_rests_and_is_tried_again()
    {
        var attempts = 0;
        Depot.Work = (_, _) => Interlocked.Increment(ref attempts) < 3 ? throw new IOException("The line is bad.") : Task.CompletedTask;
        await Bus.SendAsync(new Parcel("a"));

        await Eventually.TrueAsync(() => attempts == 1, "the first attempt was made");
        await AdvanceUntilAsync(() => attempts == 2, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));
        await AdvanceUntilAsync(() => attempts == 3, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        await SeenAsync("deliver a");
        Assert.Empty(await Bus.DeadLettersAsync());
    }

    [Fact]
    public async Task An_exhausted_message_dies_with_its_reason_and_the_step_says_what_happens_then()
    {
        Depot.Work = (_, _) => throw new IOException("The line is bad.");
        await Bus.SendAsync(new Parcel("a"));

        await AdvanceUntilAsync(() => Depot.Seen.Contains("deliver lost a"), TimeSpan.Zero, TimeSpan.FromMinutes(2));
        var dead = Assert.Single(await Bus.DeadLettersAsync());
        Assert.Equal("The line is bad.", dead.Reason);
        Assert.Contains(nameof(Forward), dead.Stack, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"a\"", dead.Body, StringComparison.Ordinal);
        Assert.Equal("parcels/Forward", dead.Queue);
        Assert.Equal(3, Depot.Seen.Count(seen => seen == "forward a"));
    }

    [Fact]
    public async Task A_hopeless_message_dies_at_once_and_does_not_hold_up_the_next()
    {
        Depot.Work = (parcel, _) => parcel.Name == "poison" ? throw new HopelessException("It is poison.") : Task.CompletedTask;
        await Bus.SendAsync(new Parcel("poison", "key"));
        await Bus.SendAsync(new Parcel("good", "key"));

        await SeenAsync("deliver good");
        Assert.Equal("It is poison.", Assert.Single(await Bus.DeadLettersAsync()).Reason);
    }

    [Fact]
    public async Task What_a_step_wanted_is_undone_when_its_transaction_fails()
    {
        var commits = 0;
        Depot.Commit = _ =>
        {
            if (Interlocked.Increment(ref commits) == 1)
                throw new IOException("The row is locked.");
        };
        await Bus.SendAsync(new Parcel("a"));

        await AdvanceUntilAsync(() => Depot.Seen.Contains("deliver a"), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await EmptyAsync();
        Assert.Single(Depot.Seen, "deliver a");
    }
}
