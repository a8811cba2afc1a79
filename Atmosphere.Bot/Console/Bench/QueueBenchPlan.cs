using System.Runtime.CompilerServices;

namespace Atmosphere.Bot.Console.Bench;

/// <summary>Every mode with every number of workers at every depth.</summary>
/// <param name="Messages">Sent and handled in each measurement.</param>
/// <param name="Rounds">Measurements of each kind; the median counts.</param>
/// <param name="Workers">Of the queue.</param>
/// <param name="Depths">Messages that wait all the time.</param>
internal sealed record QueueBenchPlan(int Messages, int Rounds, int[] Workers, long[] Depths)
{
    private static readonly TimeSpan _flushing = TimeSpan.FromMilliseconds(250);

    /// <summary>How many there are to make.</summary>
    public int Measurements => 2 * Rounds * Workers.Length * Depths.Length;

    /// <param name="folder">Of the databases; its disk is what is measured.</param>
    /// <param name="progress">How many measurements are made.</param>
    public async IAsyncEnumerable<QueueTimes> RunAsync(
        string folder, IProgress<int> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = 0;
        for (var mode = 0; mode < 2; mode++)
        {
            await using var queues = new Queues();
            await queues.FillAsync(folder, durable: mode == 0, this, cancellation);
            foreach (var workers in Workers)
            {
                var times = new List<QueueTimes>();
                for (var round = 0; round < Rounds; round++)
                {
                    // Depths take turns, so that whatever else the machine does meets all of them alike.
                    foreach (var (depth, bench) in queues.All)
                    {
                        var flushes = FlushRate.Measure(folder, _flushing);
                        times.Add((await bench.RunAsync(workers, depth, Messages, cancellation)) with { DiskFlushesPerSecond = flushes });
                        progress.Report(++done);
                    }
                }

                foreach (var same in times.GroupBy(row => row.Depth))
                    yield return same.OrderBy(row => row.PerSecond).ElementAt(Rounds / 2);
            }
        }
    }

    private sealed class Queues : IAsyncDisposable
    {
        public List<(long Depth, QueueBench Bench)> All { get; } = [];

        public async Task FillAsync(string folder, bool durable, QueueBenchPlan plan, CancellationToken cancellation)
        {
            foreach (var depth in plan.Depths.Distinct().Order())
            {
                var bench = new QueueBench(Directory.CreateDirectory(Path.Combine(folder, $"{durable}-{depth}")).FullName, durable);
                All.Add((depth, bench));
                await bench.FillAsync(depth, cancellation);

                // Once without a look at the clock: code is compiled, the log has its size.
                _ = await bench.RunAsync(plan.Workers[^1], depth, plan.Messages, cancellation);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var (_, bench) in All)
                await bench.DisposeAsync();
        }
    }
}
