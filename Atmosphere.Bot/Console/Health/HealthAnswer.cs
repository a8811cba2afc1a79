using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Atmosphere.Bot.Console.Health;

/// <summary>The response of /healthz/ready.</summary>
/// <param name="Status">ready, degraded or not ready.</param>
/// <param name="Checks">The checks by name.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, CheckAnswer> Checks)
{
    [JsonIgnore]
    public bool IsReady => Status != "not ready";

    public static HealthAnswer Of(HealthReport report) => new(
        Word(report.Status, "ready", "not ready"),
        report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new CheckAnswer(Word(entry.Value.Status, "ok", "failed"), entry.Value.Description ?? "It could not be checked; the log says why.")));

    private static string Word(HealthStatus status, string well, string unwell) => status switch
    {
        HealthStatus.Healthy => well,
        HealthStatus.Degraded => "degraded",
        _ => unwell,
    };
}

/// <param name="State">ok, degraded or failed.</param>
/// <param name="Text">A sentence without paths, addresses or secrets, because the endpoint is public.</param>
internal sealed record CheckAnswer(string State, string Text);
