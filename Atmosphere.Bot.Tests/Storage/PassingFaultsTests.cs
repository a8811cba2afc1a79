using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Messaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Storage;

/// <summary>A database that is busy for a moment is asked again; nobody above learns of it.</summary>
public sealed class PassingFaultsTests : IDisposable
{
    private const int Busy = 5;
    private const int Unreadable = 10;
    private const int Corrupt = 11;

    private static readonly FlowTable _parcels = new("parcels",
    [
        StepRow.Of<Forward, Parcel>("parcels", [typeof(ParcelForwarded)], new RetryPolicy(1, TimeSpan.Zero, TimeSpan.Zero), workers: 4),
        StepRow.Of<Deliver, ParcelForwarded>("parcels-forwarded", []),
    ]);

    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-faults-").FullName;

    [Fact]
    public async Task One_call_of_five_may_fail_and_every_change_is_made_once()
    {
        var (random, faults) = (new Random(1), 0);
        using var database = Failing(() =>
        {
            lock (random)
                return random.Next(5) == 0 && ++faults > 0 ? random.Next(2) == 0 ? Busy : Unreadable : 0;
        });
        await database.WriteAsync(session => session.ExecuteAsync("CREATE TABLE things (number INTEGER)"));
        var all = Enumerable.Range(0, 100).ToList();
        foreach (var number in all)
        {
            // What could not be committed when the disk did not answer is not made, and the caller is told.
            while (!await TryAddAsync(database, number))
                faults++;
        }

        var numbers = await database.ReadAsync(session => session.QueryAsync<int>("SELECT number FROM things ORDER BY number"));
        Assert.Equal(all, numbers);
        Assert.True(faults > 20, $"{faults} faults");
    }

    [Fact]
    public async Task Every_message_comes_through_once_and_at_its_only_attempt_while_one_call_of_five_fails()
    {
        var calls = 0;
        var depot = new Depot();
        var database = Failing(() => Interlocked.Increment(ref calls) % 5 == 0 ? Busy : 0);
        await using (var bus = await EmbeddedBusHost.StartAsync(_folder, TimeProvider.System, depot, [_parcels], services => services.AddSingleton(_ => database)))
        {
            await Task.WhenAll(Enumerable.Range(0, 60).Select(number => bus.SendAsync(new Parcel($"{number}"))));
            await Eventually.TrueAsync(async () => await bus.DepthAsync() == 0, "all queues are empty");
            Assert.Empty(await bus.DeadLettersAsync());
        }

        Assert.Equal(60, depot.Seen.Where(seen => seen.StartsWith("deliver", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal(120, depot.Seen.Count);
    }

    [Theory]
    [InlineData(Busy, 6)]
    [InlineData(Unreadable, 6)]
    [InlineData(Corrupt, 1)]
    public async Task A_fault_that_stays_is_told_soon_and_one_that_cannot_pass_at_once(int code, int calls)
    {
        var (down, made) = (false, 0);
        using var database = Failing(() => down && ++made > 0 ? code : 0);
        down = true;

        Assert.Equal(code, (await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(_ => Task.FromResult(0)))).SqliteErrorCode);
        Assert.Equal(calls, made);
        Assert.Equal(code, (await Assert.ThrowsAsync<SqliteException>(() => database.WriteAsync(_ => Task.CompletedTask))).SqliteErrorCode);
        Assert.Equal(2 * calls, made);

        down = false;
        Assert.Equal(1, await database.WriteAsync(session => session.QuerySingleOrDefaultAsync<int>("SELECT 1")));
    }

    [Fact]
    public async Task A_database_that_is_away_uses_up_no_attempt()
    {
        var (away, calls) = (false, 0);
        var (clock, depot) = (new TestClock(), new Depot());
        depot.Work = (_, _) =>
        {
            away = true;
            return Task.CompletedTask;
        };
        var database = Failing(() => away && Interlocked.Increment(ref calls) > 0 ? Busy : 0);
        await using var bus = await EmbeddedBusHost.StartAsync(_folder, clock, depot, [_parcels], services => services.AddSingleton(_ => database));
        await bus.SendAsync(new Parcel("a"));

        await Eventually.TrueAsync(() => calls >= 6, "the outcome could not be stored");
        depot.Work = (_, _) => Task.CompletedTask;
        away = false;
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return depot.Seen.Contains("deliver a");
            },
            "the message came through");
        Assert.Empty(await bus.DeadLettersAsync());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <param name="fault">The error code that the next call ends with; 0: none.</param>
    private Database Failing(Func<int> fault) => new(_folder, beside: false, durable: true, beforeCall: () =>
    {
        if (fault() is > 0 and var code)
            throw new SqliteException("The test's own.", code);
    });

    private static async Task<bool> TryAddAsync(Database database, int number)
    {
        try
        {
            await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO things (number) VALUES (@number)", new { number }));
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
