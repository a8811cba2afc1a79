using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>While the keys' metadata cannot be reached the known keys stay good for some days.</summary>
public sealed class OldKeysOutliveAnOutage
{
    [Fact]
    public async Task They_are_used_for_five_days_and_renewed_behind_the_requests()
    {
        var isDown = false;
        var reads = 0;
        LocalVendor? vendor = null;
        vendor = await LocalVendor.StartAsync(async context =>
        {
            if (context.Request.Path == "/openid")
                Interlocked.Increment(ref reads);
            if (isDown)
                context.Response.StatusCode = 503;
            else if (context.Request.Path == "/openid")
                await context.Response.WriteAsJsonAsync(new { issuer = "vendor", jwks_uri = new Uri(vendor!.Address, "/keys").ToString() });
            else
                await context.Response.WriteAsJsonAsync(new { keys = new[] { new { kty = "RSA", kid = "key-1", n = "AQAB", e = "AQAB" } } });
        });
        await using var server = vendor;
        await using var services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        var clock = TestClock.New();
        var options = Options.Create(new BotFrameworkOptions { OpenIdMetadataUrl = new Uri(vendor.Address, "/openid").ToString() });
        using var keys = new OpenIdKeys(services.GetRequiredService<IHttpClientFactory>(), options, clock, NullLogger<OpenIdKeys>.Instance);
        Assert.NotNull((await keys.FindAsync("key-1", default)).Key);

        isDown = true;
        clock.Advance(TimeSpan.FromHours(25));
        Assert.NotNull((await keys.FindAsync("key-1", default)).Key);
        await Eventually.TrueAsync(() => reads == 2, "they were to be renewed");
        clock.Advance(TimeSpan.FromHours(94));
        Assert.NotNull((await keys.FindAsync("key-1", default)).Key);
        clock.Advance(TimeSpan.FromHours(2));
        await Assert.ThrowsAsync<HttpRequestException>(() => keys.FindAsync("key-1", default));

        isDown = false;
        Assert.NotNull((await keys.FindAsync("key-1", default)).Key);
    }
}
