using System.Threading.Channels;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Wakes the workers of a queue as soon as a message for them is committed.</summary>
internal sealed class QueueSignals(FlowTables flows)
{
    private readonly Dictionary<string, QueueSignal> _signals = flows.Rows
        .GroupBy(row => row.Queue)
        .ToDictionary(queue => queue.Key, queue => new QueueSignal(queue.Max(row => row.Workers)));

    // A queue of an older version may hold messages but have no workers.
    private readonly QueueSignal _nobody = new(1);

    public QueueSignal Of(string queue) => _signals.GetValueOrDefault(queue, _nobody);
}

/// <summary>Keeps one pending signal for each worker, so that a signal between a worker's query and its wait is not lost.</summary>
internal sealed class QueueSignal(int workers)
{
    private readonly Channel<bool> _calls =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(workers) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _calls.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellation) => _ = await _calls.Reader.ReadAsync(cancellation);
}
