using System.Collections.Concurrent;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Counts the outcomes of this process's workers per queue, since the process started.</summary>
internal sealed class QueueCounters
{
    private readonly ConcurrentDictionary<string, Counts> _queues = new();

    public void Count(string queue, StepOutcome outcome)
    {
        var counts = _queues.GetOrAdd(queue, _ => new Counts());
        switch (outcome)
        {
            case StepOutcome.Done:
                Interlocked.Increment(ref counts.Handled);
                break;
            case StepOutcome.Rest:
                Interlocked.Increment(ref counts.Failed);
                break;
            case StepOutcome.Dead:
                Interlocked.Increment(ref counts.Failed);
                Interlocked.Increment(ref counts.Died);
                break;
        }
    }

    public QueueCount Of(string queue) => _queues.TryGetValue(queue, out var counts)
        ? new(Interlocked.Read(ref counts.Handled), Interlocked.Read(ref counts.Failed), Interlocked.Read(ref counts.Died))
        : default;

    private sealed class Counts
    {
        public long Handled;
        public long Failed;
        public long Died;
    }
}
