using System.Diagnostics.Metrics;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging.Operations;

/// <summary>Reports depth and age of the queues as metrics. The queues are counted only while a listener is attached.</summary>
internal sealed class QueueGauges : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly Queues _queues;
    private readonly TimeProvider _clock;
    private readonly Meter _meter = new(Telemetry.Name);
    private readonly ObservableGauge<long> _depth;
    private volatile IReadOnlyList<QueueState> _states = [];
    private long? _counted;

    public QueueGauges(Queues queues, TimeProvider clock)
    {
        (_queues, _clock) = (queues, clock);
        _depth = _meter.CreateObservableGauge(
            "atmosphere.queue.depth", () => _states.Select(state => new Measurement<long>(state.Depth, Tag(state))), "{message}", "Messages in a queue");
        _ = _meter.CreateObservableGauge(
            "atmosphere.queue.oldest",
            () => _states.Select(state => new Measurement<double>(state.Oldest?.TotalSeconds ?? 0, Tag(state))),
            "s",
            "Seconds since the oldest message of a queue was due");
    }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (!_depth.Enabled || (_counted is { } last && _clock.GetElapsedTime(last) < _pause))
            return;
        _counted = _clock.GetTimestamp();
        _states = await _queues.ListAsync(cancellation);
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(QueueState state) => new("queue", state.Queue);
}
