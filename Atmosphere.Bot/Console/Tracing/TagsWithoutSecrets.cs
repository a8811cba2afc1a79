using System.Diagnostics;
using OpenTelemetry;

namespace Atmosphere.Bot.Console.Tracing;

/// <summary>
/// Of a request only what cannot lead to a person leaves the program: its path may be the key to a picture, its sender has an address. Our own
/// steps say no more than they may.
/// </summary>
internal sealed class TagsWithoutSecrets : BaseProcessor<Activity>
{
    private static readonly HashSet<string> _open =
        ["http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type"];

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == Atmosphere.Recognition.Messaging.Telemetry.Name)
            return;
        foreach (var (key, _) in data.TagObjects.Where(tag => !_open.Contains(tag.Key)).ToList())
            data.SetTag(key, null);
        data.TraceStateString = null;
    }
}
