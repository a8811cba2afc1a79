namespace Atmosphere.Bot.Console.Tracing;

/// <summary>Section <c>Atmosphere:Telemetry</c>: traces and metrics for an OpenTelemetry collector.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Atmosphere:Telemetry";

    /// <summary>Address of the collector, such as http://localhost:4318; none, the default: nothing is sent. Else OTEL_EXPORTER_OTLP_ENDPOINT.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>http/protobuf, the default, or grpc. Else OTEL_EXPORTER_OTLP_PROTOCOL.</summary>
    public string? OtlpProtocol { get; set; }

    /// <summary>The time between two sendings of the metrics, hours:minutes:seconds; one second to one hour, default 00:00:30.</summary>
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

    public IEnumerable<string> Problems()
    {
        if (!string.IsNullOrWhiteSpace(OtlpEndpoint)
            && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return $"{Section}:OtlpEndpoint is {OtlpEndpoint}; use an address such as http://localhost:4318, or leave it out.";
        }

        if (OtlpProtocol is not ("http/protobuf" or "grpc"))
            yield return $"{Section}:OtlpProtocol is {OtlpProtocol}; use http/protobuf (the default) or grpc.";
        if (Interval < TimeSpan.FromSeconds(1) || Interval > TimeSpan.FromHours(1))
            yield return $"{Section}:Interval is {Interval}; use 00:00:01 to 01:00:00 (the default is 00:00:30).";
    }
}
