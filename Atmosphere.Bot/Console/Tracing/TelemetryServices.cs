using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Atmosphere.Bot.Console.Tracing;

internal static class TelemetryServices
{
    private static readonly string _version = typeof(TelemetryServices).Assembly.GetName().Version!.ToString(3);

    /// <summary>Exports traces and metrics to a collector while the server runs; without a collector nothing is recorded.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        services.AddCheckedOptions<TelemetryOptions>(TelemetryOptions.Section).Configure(options => options.Complete(settings));
        if (Usable(settings) is { OtlpEndpoint: { Length: > 0 } } options)
            services.AddOpenTelemetry().Export(options);
        return services;
    }

    /// <summary>Null if the settings are invalid: validation then stops the start with a message.</summary>
    private static TelemetryOptions? Usable(IConfiguration settings)
    {
        var options = new TelemetryOptions();
        try
        {
            CheckedOptions.Read(settings.GetSection(TelemetryOptions.Section), options);
        }
        catch (OptionsValidationException)
        {
            return null;
        }

        options.Complete(settings);
        return SettingRules.Problems(TelemetryOptions.Section, options).Any() ? null : options;
    }

    private static void Export(this OpenTelemetryBuilder telemetry, TelemetryOptions options) => telemetry
        .ConfigureResource(resource => resource.AddService("atmosphere", serviceVersion: _version))
        .WithTracing(tracing => tracing
            .AddSource(Telemetry.Name)
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddProcessor(new TagsWithoutSecrets())
            .AddOtlpExporter(otlp => Address(otlp, options, "v1/traces")))
        .WithMetrics(metrics => metrics
            .AddMeter(Telemetry.Name)
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddView(TagsWithoutSecrets.ViewOf)
            .AddOtlpExporter((otlp, reader) =>
            {
                Address(otlp, options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            }));

    private static void Address(OtlpExporterOptions otlp, TelemetryOptions options, string path)
    {
        otlp.Protocol = options.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // The exporter appends the path only to an address from its own environment variable.
        otlp.Endpoint = options.IsGrpc ? options.Endpoint! : new Uri($"{options.OtlpEndpoint!.TrimEnd('/')}/{path}");
    }
}
