using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Atmosphere.Bot.Console.Logs;

/// <summary>
/// Formats a log entry as one line of JSON. Only scopes known to contain ids are written: the web server's scopes contain request paths,
/// and the address of a picture gives access to it.
/// </summary>
internal sealed class JsonLines(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "atmosphere-json";

    private static readonly Dictionary<string, string> _scopes = new()
    {
        ["Correlation"] = "correlation",
        ["Queue"] = "queue",
        ["Message"] = "messageId",
        ["Step"] = "step",
    };

    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime);
            json.WriteString("level", logEntry.LogLevel.ToString().ToLowerInvariant());
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.Exception is { } error)
                json.WriteString("exception", error.ToString());
            WriteScopes(json, scopeProvider);
            json.WriteEndObject();
        }

        textWriter.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider? scopes)
    {
        var found = new Dictionary<string, string>();
        scopes?.ForEachScope(
            static (scope, found) =>
            {
                foreach (var (key, value) in scope as IEnumerable<KeyValuePair<string, object>> ?? [])
                {
                    if (_scopes.TryGetValue(key, out var name))
                        found[name] = $"{value}";
                }
            },
            found);
        foreach (var (name, value) in found)
            json.WriteString(name, value);
    }
}
