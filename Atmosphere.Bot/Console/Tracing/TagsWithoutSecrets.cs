using System.Diagnostics;
using Atmosphere.Recognition.Messaging;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Atmosphere.Bot.Console.Tracing;

/// <summary>
/// Of requests, coming in or going out, only what cannot lead to a person leaves the program: a path or a query may hold a key, a number or a
/// name, and a sender has an address. Our own steps and counts say no more than they may.
/// </summary>
internal sealed class TagsWithoutSecrets : BaseProcessor<Activity>
{
    /// <summary>Name of the asked server, on requests that go out; kept where it is a name and no address.</summary>
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

    /// <summary>Of measurements the same tags, and those of the runtime's own.</summary>
    public static MetricStreamConfiguration? ViewOf(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.Meter.Name is Telemetry.Name or "System.Runtime" ? null : new MetricStreamConfiguration { TagKeys = _open };

    private static bool IsOpen(Activity data, KeyValuePair<string, object?> tag) =>
        _open.Contains(tag.Key)
        || (tag.Key == Server && data.Kind == ActivityKind.Client && Uri.CheckHostName(tag.Value as string) == UriHostNameType.Dns);
}
