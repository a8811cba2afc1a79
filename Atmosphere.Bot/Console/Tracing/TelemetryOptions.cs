using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Console.Tracing;

/// <summary>Section <c>Atmosphere:Telemetry</c>: traces and metrics for an OpenTelemetry collector.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Atmosphere:Telemetry";

    /// <summary>Address of the collector, such as http://localhost:4318; without one nothing is sent. Else OTEL_EXPORTER_OTLP_ENDPOINT.</summary>
    [WebAddress]
    public string? OtlpEndpoint { get; set; }

    /// <summary>How the collector is spoken to. Else OTEL_EXPORTER_OTLP_PROTOCOL, else http/protobuf.</summary>
    [AllowedValues("http/protobuf", "grpc")]
    public string? OtlpProtocol { get; set; }

    /// <summary>The time between two sendings of the metrics.</summary>
    [TimeRange("00:00:01", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    public bool IsGrpc => OtlpProtocol == "grpc";

    /// <summary>Null: nothing is sent.</summary>
    public Uri? Endpoint => string.IsNullOrWhiteSpace(OtlpEndpoint) ? null : new Uri(OtlpEndpoint);

    /// <summary>The section, completed by OpenTelemetry's own variables.</summary>
    public void Complete(IConfiguration settings)
    {
        OtlpEndpoint ??= settings["OTEL_EXPORTER_OTLP_ENDPOINT"];
        OtlpProtocol ??= settings["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "http/protobuf";
    }
}
