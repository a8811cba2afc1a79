using System.Net.Http.Headers;
using System.Net.Http.Json;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Channels;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>Only what failed in the call itself may have arrived.</summary>
public sealed class NothingIsLostBeforeTheCall
{
    [Fact]
    public async Task A_bad_answer_of_the_sign_in_leaves_the_reply_waiting()
    {
        var taken = 0;
        await using var vendor = await OpenIdVendor.StartAsync();
        // One more than the reply needs: the first turn at the start asks, too.
        vendor.TokenTroubles.Enqueue(new { error = "maintenance" });
        vendor.TokenTroubles.Enqueue(new { error = "maintenance" });
        vendor.TokenTroubles.Enqueue(new { access_token = "x", expires_in = "soon" });
        await using var channel = await LocalVendor.StartAsync(context =>
        {
            Interlocked.Increment(ref taken);
            return Task.CompletedTask;
        });
        await using var server = await BotServer.StartAsync(vendor.Trust, vendor.Settings);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", vendor.Sign(new
        {
            iss = OpenIdVendor.Issuer,
            aud = "app-1",
            exp = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
            serviceurl = channel.Address.ToString(),
        }));
        var message = new { type = "message", id = "1", text = "help", channelId = "emulator", serviceUrl = channel.Address.ToString(), conversation = new { id = "1" } };
        using var response = await http.PostAsJsonAsync(new Uri(server.Address, "/api/messages"), message);
        Assert.True(response.IsSuccessStatusCode);

        await Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state = 'sent'") == 1, "it was sent");
        Assert.Equal(1, taken);
        Assert.Empty(vendor.TokenTroubles);
    }

    [Fact]
    public async Task A_delivery_whose_picture_was_deleted_is_refused_and_not_sent_without_it()
    {
        await using var server = await BotServer.StartAsync();
        await using var chat = await BotFrameworkChat.StartAsync(server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        var notice = new ParentNotice(
            new DeliveryId("delivery-1"),
            new ParticipantId((await server.QueryAsync<string>("SELECT id FROM participants"))!),
            "photo.delivered",
            new Dictionary<string, string> { ["names"] = "Noa" },
            new MediaKey($"outbound/{Guid.NewGuid():N}.jpg"));
        Assert.Equal(SendOutcome.Refused, await server.Services.GetRequiredService<IParents>().SendAsync(notice, default));
        Assert.Equal(1, await chat.CountAsync());
        Assert.Contains("deleted", await server.QueryAsync<string>("SELECT error FROM replies WHERE id = 'delivery-1'"), StringComparison.Ordinal);
    }
}
