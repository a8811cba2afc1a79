using System.Diagnostics;
using Atmosphere.Recognition.Messaging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Atmosphere.Bot.Console.Tracing;

/// <summary>
/// Removes tags that could identify a person from request spans: a path or a query may contain a key, a phone number or a name, and a
/// sender has an address. Our own steps and counts contain no such data.
/// </summary>
internal sealed class TagsWithoutSecrets : BaseProcessor<Activity>
{
    /// <summary>Host name of an outgoing request; kept unless it is an IP address.</summary>
    private const string Server = "server.address";

    private static readonly string[] _open =
        ["http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type"];

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == Telemetry.Name)
            return;
        foreach (var tag in data.TagObjects.Where(tag => !IsOpen(data, tag)).ToList())
            data.SetTag(tag.Key, null);
        data.TraceStateString = null;
        if (data.StatusDescription is not null)
            data.SetStatus(data.Status);
    }

    /// <summary>Applies the same filter to metrics, except ours and the runtime's.</summary>
    public static MetricStreamConfiguration? ViewOf(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.Meter.Name is Telemetry.Name or "System.Runtime" ? null : new MetricStreamConfiguration { TagKeys = _open };

    private static bool IsOpen(Activity data, KeyValuePair<string, object?> tag) =>
        _open.Contains(tag.Key)
        || (tag.Key == Server && data.Kind == ActivityKind.Client && Uri.CheckHostName(tag.Value as string) == UriHostNameType.Dns);
}
