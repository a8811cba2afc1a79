using System.Diagnostics;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Bench;

/// <summary>A queue of a given depth, kept at that depth while as many messages are sent as are handled.</summary>
/// <param name="folder">Of the database; its disk is what is measured.</param>
/// <param name="durable">
/// True: every message is a transaction of its own that reached the disk when its sender goes on.
/// False: a hundred messages a transaction, and no transaction waits for the disk.
/// </param>
internal sealed class QueueBench(string folder, bool durable) : IAsyncDisposable
{
    private const int Senders = 64;
    private const int Batch = 100;
    private const int LoadBatch = 5_000;

    private static readonly FlowTable _flow = new("bench", [StepRow.Of<HandleBenchMessage, BenchMessage>("bench", [])]);

    private readonly Database _database = new(folder, durable: durable);

    /// <summary>Fills the queue; nothing is handled meanwhile.</summary>
    public async Task FillAsync(long count, CancellationToken cancellation)
    {
        using var host = Host(workers: 1);
        await Schema.Recognition.ApplyAsync(_database, TimeProvider.System, cancellation);
        var outbox = host.Services.GetRequiredService<IOutbox>();
        for (var sent = 0L; sent < count; sent += LoadBatch)
            await SendAsync(outbox, sent, (int)Math.Min(LoadBatch, count - sent), cancellation);

        // What filling wrote must not reach the disk during the measurement.
        await _database.TruncateLogAsync(cancellation);
    }

    /// <summary>Sends that many messages while workers handle as many.</summary>
    public async Task<QueueTimes> RunAsync(int workers, long depth, int messages, CancellationToken cancellation)
    {
        using var host = Host(workers);
        var handled = host.Services.GetRequiredService<HandledMessages>();
        var all = handled.ExpectAsync(messages);
        await host.StartAsync(cancellation);
        var (start, commits, used) = (Stopwatch.GetTimestamp(), _database.Commits, Environment.CpuUsage.TotalTime);
        await SendAllAsync(host.Services.GetRequiredService<IOutbox>(), messages, cancellation);
        var sent = Stopwatch.GetElapsedTime(start);
        await all.WaitAsync(cancellation);
        var time = Stopwatch.GetElapsedTime(start);
        commits = _database.Commits - commits;
        used = Environment.CpuUsage.TotalTime - used;
        await host.StopAsync(cancellation);
        return new QueueTimes(
            durable ? "durable" : "batched", workers, depth, messages,
            messages / sent.TotalSeconds, messages / time.TotalSeconds, commits / time.TotalSeconds, 2.0 * messages / commits)
        {
            Cpu = used / messages,
            Memory = Environment.WorkingSet,
        };
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAllAsync(IOutbox outbox, int messages, CancellationToken cancellation)
    {
        var size = durable ? 1 : Batch;
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(
            async () =>
            {
                for (var first = Interlocked.Add(ref next, size) - size; first < messages; first = Interlocked.Add(ref next, size) - size)
                    await SendAsync(outbox, first, Math.Min(size, messages - first), cancellation);
            },
            cancellation)));
    }

    private Task SendAsync(IOutbox outbox, long first, int count, CancellationToken cancellation) => _database.WriteAsync(
        async session =>
        {
            for (var number = first; number < first + count; number++)
                await outbox.SendAsync(session, new BenchMessage(number));
        },
        cancellation);

    private IHost Host(int workers)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new($"Atmosphere:Pipeline:{nameof(HandleBenchMessage)}:Workers", $"{workers}")]);
        builder.Services.AddStorage().AddMessaging().AddFlow(_flow).AddSingleton<HandledMessages>();

        // As an instance: the container does not dispose it, and the next host goes on with it.
        builder.Services.AddSingleton(_database);
        return builder.Build();
    }
}

/// <param name="SentPerSecond">Messages that senders put into the queue, while they were sending.</param>
/// <param name="PerSecond">Messages from end to end: sent, and their handling committed.</param>
/// <param name="CommitsPerSecond">Transactions; where durable, flushes to the disk.</param>
/// <param name="PerCommit">Sendings and handlings that shared a transaction.</param>
internal sealed record QueueTimes(
    string Mode, int Workers, long Depth, int Messages, double SentPerSecond, double PerSecond, double CommitsPerSecond, double PerCommit)
{
    /// <summary>What the disk did at most, just before: flushes of one page, one after the other.</summary>
    public double DiskFlushesPerSecond { get; init; }

    /// <summary>Time of the processors for one message: that part of its cost which other programs and the disk have little influence on.</summary>
    public TimeSpan Cpu { get; init; }

    /// <summary>Bytes of the process, of all queues that are measured in it together.</summary>
    public long Memory { get; init; }
}
