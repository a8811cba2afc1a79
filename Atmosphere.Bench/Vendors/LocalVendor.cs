using System.Security.Cryptography.X509Certificates;

namespace Atmosphere.Bench.Vendors;

/// <summary>A small local server that plays a vendor.</summary>
internal sealed class LocalVendor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalVendor(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <param name="answer">What it answers.</param>
    /// <param name="certificate">It speaks https with it; null: http.</param>
    public static async Task<LocalVendor> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0");
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration()
                .ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        }

        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new LocalVendor(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
