using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Flows;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>Plays Twilio's API, which redirects to a store on another port, as Twilio's does.</summary>
internal sealed class MediaVendor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _asked = new();
    private LocalVendor _api = null!;
    private LocalVendor _store = null!;

    public Uri Api => _api.Address;

    public Uri Store => _store.Address;

    /// <summary>Who was asked for what, and whether the account's token was shown.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public static async Task<MediaVendor> StartAsync()
    {
        var vendor = new MediaVendor();
        vendor._store = await LocalVendor.StartAsync(vendor.StoreAsync);
        vendor._api = await LocalVendor.StartAsync(vendor.ApiAsync);
        return vendor;
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _store.DisposeAsync();
    }

    private Task ApiAsync(HttpContext context)
    {
        var token = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TwilioWebhook.Account}:{TwilioWebhook.Token}")));
        var isOurs = context.Request.Headers.Authorization == token.ToString();
        _asked.Enqueue($"api {context.Request.Path}{(isOurs ? " with the token" : "")}");
        if (!isOurs)
            context.Response.StatusCode = 401;
        else
            Answer(context, $"{context.Request.Path}".Split('/')[^1]);
        return Task.CompletedTask;
    }

    private void Answer(HttpContext context, string what)
    {
        if (int.TryParse(what, out var status))
            context.Response.StatusCode = status;
        else
            context.Response.Redirect(what switch
            {
                "circle" => new Uri(Api, "circle").ToString(),
                "stranger" => "https://stranger.example/photo",
                "file" => "file:///etc/passwd",
                "key" => new Uri(Store, "photo").ToString().Replace("//", "//user:key@", StringComparison.Ordinal),
                _ => new Uri(Store, what).ToString(),
            });
    }

    private async Task StoreAsync(HttpContext context)
    {
        _asked.Enqueue($"store {context.Request.Path}{(context.Request.Headers.Authorization.Count > 0 ? " with a token" : "")}");
        if (context.Request.Path == "/photo")
        {
            await context.Response.Body.WriteAsync(RecognitionHost.Sample(1));
            return;
        }

        // Without a length, more than anybody wants.
        var buffer = new byte[1024 * 1024];
        for (var megabyte = 0; megabyte < 40 && !context.RequestAborted.IsCancellationRequested; megabyte++)
            await context.Response.Body.WriteAsync(buffer);
    }
}
