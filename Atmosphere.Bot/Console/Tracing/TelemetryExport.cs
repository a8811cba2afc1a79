using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Atmosphere.Bot.Console.Tracing;

/// <summary>Sends traces and metrics to a collector from the start to the stop of the server; without a collector nothing is even made.</summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private static readonly string _version = typeof(TelemetryExport).Assembly.GetName().Version!.ToString(3);

    private OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Endpoint is { } endpoint)
            _sdk = Create(endpoint, options.Value);
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.Run(Dispose, CancellationToken.None).WaitAsync(cancellationToken);

    public void Dispose() => Interlocked.Exchange(ref _sdk, null)?.Dispose();

    private static OpenTelemetrySdk Create(Uri endpoint, TelemetryOptions options) => OpenTelemetrySdk.Create(builder => builder
        .ConfigureResource(resource => resource.AddService("atmosphere", serviceVersion: _version))
        .WithTracing(tracing => tracing
            .AddSource("Microsoft.AspNetCore", Telemetry.Name)
            .AddProcessor(new TagsWithoutSecrets())
            .AddOtlpExporter(otlp => Address(otlp, endpoint, options, "v1/traces")))
        .WithMetrics(metrics => metrics
            .AddMeter("Microsoft.AspNetCore.Hosting", Telemetry.Name)
            .AddOtlpExporter((otlp, reader) =>
            {
                Address(otlp, endpoint, options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            })));

    private static void Address(OtlpExporterOptions otlp, Uri endpoint, TelemetryOptions options, string path)
    {
        otlp.Protocol = options.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // The exporter adds the path only to an address that comes from its own variable.
        otlp.Endpoint = options.IsGrpc ? endpoint : new Uri($"{endpoint.ToString().TrimEnd('/')}/{path}");
    }
}

internal static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<TelemetryOptions>()
            .BindConfiguration(TelemetryOptions.Section)
            .Configure(options => options.Complete(settings))
            .CheckedAtStart(options => options.Problems());
        services.AddHostedService<TelemetryExport>();
        return services;
    }
}
