using System.Net.Http.Headers;
using System.Net.Http.Json;
using Atmosphere.Bot.Tests.Channels;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>While the keys' metadata cannot be reached the known keys stay good; a server that never had them says that it cannot know now.</summary>
public sealed class OldKeysOutliveAnOutage
{
    [Fact]
    public async Task Known_keys_are_used_while_the_metadata_cannot_be_read()
    {
        await using var vendor = await OpenIdVendor.StartAsync();
        await using var server = await BotServer.StartAsync(vendor.Trust, vendor.Settings);
        Assert.Equal(200, await PostAsync(server, vendor, "1"));
        vendor.IsDown = true;
        Assert.Equal(200, await PostAsync(server, vendor, "2"));
        Assert.Equal(2, await server.QueryAsync<long>("SELECT COUNT(*) FROM turns"));
    }

    [Fact]
    public async Task Without_keys_the_door_answers_503_until_they_can_be_read()
    {
        await using var vendor = await OpenIdVendor.StartAsync();
        vendor.IsDown = true;
        await using var server = await BotServer.StartAsync(vendor.Trust, vendor.Settings);
        Assert.Equal(503, await PostAsync(server, vendor, "1"));
        vendor.IsDown = false;
        await Eventually.TrueAsync(async () => await PostAsync(server, vendor, "1") == 200, "the keys were read");
    }

    private static async Task<int> PostAsync(BotServer server, OpenIdVendor vendor, string id)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", vendor.Sign(new
        {
            iss = OpenIdVendor.Issuer,
            aud = "app-1",
            exp = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
            serviceurl = "https://channel.example/",
        }));
        var message = new { type = "message", id, text = "help", channelId = "emulator", serviceUrl = "https://channel.example/", conversation = new { id = "1" } };
        using var response = await http.PostAsJsonAsync(new Uri(server.Address, "/api/messages"), message);
        return (int)response.StatusCode;
    }
}
