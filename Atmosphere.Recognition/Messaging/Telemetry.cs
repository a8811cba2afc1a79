using System.Diagnostics;
using System.Diagnostics.Metrics;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messaging;

/// <summary>
/// Traces and metrics for OpenTelemetry, almost free without a listener. They contain no personal data: only names of steps and queues,
/// outcomes, and message ids.
/// </summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Atmosphere.Recognition";

    private static readonly Meter _meter = new(Name);

    private static readonly Counter<long> _photos =
        _meter.CreateCounter<long>("atmosphere.photos", "{photo}", "Photos that have ended, by outcome");

    private static readonly Counter<long> _faces =
        _meter.CreateCounter<long>("atmosphere.faces", "{face}", "Faces that are decided, by verdict");

    private static readonly Counter<long> _learned =
        _meter.CreateCounter<long>("atmosphere.faces.learned", "{face}", "Faces that a collection has as a person's, by the way by which they came");

    private static readonly Counter<long> _deliveries =
        _meter.CreateCounter<long>("atmosphere.deliveries", "{delivery}", "Deliveries that have ended, by outcome");

    internal static ActivitySource Source { get; } = new(Name);

    /// <summary>Seconds from claiming a message to the commit of its outcome.</summary>
    internal static Histogram<double> StepDuration { get; } =
        _meter.CreateHistogram<double>("atmosphere.step.duration", "s", "Seconds that a step worked on a message, with the commit");

    /// <summary>Counts a finished photo. Call it after the commit, from <c>Session.AfterCommit</c>.</summary>
    public static void PhotoEnded(PhotoState state) => _photos.Add(1, Outcome("outcome", state.ToString()));

    /// <summary>Counts a decided face. Call it after the commit, from <c>Session.AfterCommit</c>.</summary>
    /// <param name="verdict">named, uncertain, nobody or refused.</param>
    public static void FaceDecided(string verdict) => _faces.Add(1, Outcome("verdict", verdict));

    /// <summary>Counts faces that a collection learned or went through again.</summary>
    /// <param name="way">How they came to be learned.</param>
    public static void FacesLearned(string way, int faces) => _learned.Add(faces, Outcome("way", way));

    /// <summary>Counts a finished delivery. Call it after the commit, from <c>Session.AfterCommit</c>.</summary>
    public static void DeliveryEnded(DeliveryState state) => _deliveries.Add(1, Outcome("outcome", state.ToString()));

    private static KeyValuePair<string, object?> Outcome(string key, string value) => new(key, value.ToLowerInvariant());
}
