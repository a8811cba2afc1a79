using System.Diagnostics;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging;

/// <summary>
/// Records one run of a step on one message in traces, metrics and counters. All runs with the same correlation id form one trace, from
/// the webhook to the last delivery.
/// </summary>
internal sealed class StepRun : IDisposable
{
    private readonly Envelope _envelope;
    private readonly QueueCounters _counters;
    private readonly Activity? _activity;
    private readonly long _began = Stopwatch.GetTimestamp();

    private StepRun(string step, Envelope envelope, QueueCounters counters)
    {
        (Step, _envelope, _counters) = (step, envelope, counters);
        _activity = Telemetry.Source.HasListeners() ? Begin(step, envelope) : null;
    }

    /// <summary>Name of the box.</summary>
    public string Step { get; }

    public static StepRun Begin(StepRow? row, Envelope envelope, QueueCounters counters) => new(row?.Step ?? "unknown", envelope, counters);

    /// <summary>Call after the outcome is committed.</summary>
    public void Ended(StepOutcome outcome)
    {
        _counters.Count(_envelope.Queue, outcome);
        var name = Name(outcome);
        _activity?.SetTag("outcome", name);
        if (outcome is StepOutcome.Rest or StepOutcome.Dead)
            _activity?.SetStatus(ActivityStatusCode.Error);
        Telemetry.StepDuration.Record(Stopwatch.GetElapsedTime(_began).TotalSeconds, new("step", Step), new("outcome", name));
    }

    public void Dispose() => _activity?.Dispose();

    private static string Name(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Done => "done",
        StepOutcome.Rest => "retry",
        StepOutcome.Dead => "dead",
        _ => "interrupted",
    };

    private static Activity? Begin(string step, Envelope envelope)
    {
        // A correlation id that was set by hand may not be a trace id; the step then gets a trace of its own.
        var trace = IsTraceId(envelope.CorrelationId) ? ActivityTraceId.CreateFromString(envelope.CorrelationId) : ActivityTraceId.CreateRandom();
        var activity = Telemetry.Source.StartActivity(step, ActivityKind.Consumer, new ActivityContext(trace, default, ActivityTraceFlags.Recorded));
        return activity?
            .SetTag("queue", envelope.Queue)
            .SetTag("message.type", envelope.Type[(envelope.Type.LastIndexOf('.') + 1)..])
            .SetTag("message.id", envelope.Id)
            .SetTag("attempt", envelope.Attempts + 1);
    }

    private static bool IsTraceId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower) && id.Any(digit => digit != '0');
}
