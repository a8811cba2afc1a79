using System.Net.Http.Json;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Whatever fails: no log line, at any level, has a number, a name, or an address that a caller chose.</summary>
public sealed class ALogNamesNobody
{
    private const string Child = "Quetzalinda";

    [Theory]
    [InlineData("Connection refused (evil.example:443)", "Connection refused (…)")]
    [InlineData("No such host is known. (10.1.2.3:80)", "No such host is known. (…)")]
    [InlineData("GET https://evil.example/secret?x=1 answered 500", "GET … answered 500")]
    [InlineData("Cannot reach [2001:db8::1]:443 or 10.0.0.4", "Cannot reach … or …")]
    [InlineData("The 'To' number whatsapp:+15551234567 is not valid", "The 'To' number whatsapp:… is not valid")]
    [InlineData("Call +972 50-123 4567", "Call …")]
    [InlineData("Photo 3fa4 failed after 12 attempts in 00:00:05.250 at line 4711 of version 10.0.3", "Photo 3fa4 failed after 12 attempts in 00:00:05.250 at line 4711 of version 10.0.3")]
    public void What_the_runtime_says_loses_what_a_caller_chose(string said, string logged)
    {
        Assert.Equal(logged, LoggedError.Words(said));
        Assert.DoesNotContain("evil.example", new LoggedError(new InvalidOperationException("It failed.", new HttpRequestException(said))).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_on_WhatsApp_on_which_the_vendor_fails_leaves_neither_number_nor_name()
    {
        await using var bot = await WhatsAppBot.StartAsync();
        foreach (var text in new[] { "help", "add child", Child, "what?", "+1 555 123 4567", "stop", "start", "forget me", "no", "export" })
            _ = await bot.AskAsync(text);
        await bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await bot.SayAsync("hello", "+15557654321");
        await Eventually.TrueAsync(async () => await bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM turns WHERE handled_at IS NULL") == 0, "everybody is answered");
        AssertNobody(bot.Server, "5551234567", "5557654321", Child);
    }

    /// <summary>Files and answers that cannot be had, at addresses that the sender chose.</summary>
    [Fact]
    public async Task Targets_that_fail_are_not_named()
    {
        await using var server = await BotServer.StartAsync();
        using var http = new HttpClient();
        foreach (var url in new[] { "http://127.0.0.1:1/path-of-a-secret/a.jpg", "http://localhost:1/path-of-a-secret/b.jpg" })
        {
            using var response = await http.PostAsJsonAsync(new Uri(server.Address, "/api/messages"), new
            {
                type = "message",
                id = url,
                channelId = "emulator",
                serviceUrl = "http://127.0.0.1:1/answers-of-a-friend/",
                text = Child,
                from = new { id = "+972501234567", name = Child },
                recipient = new { id = "bot" },
                conversation = new { id = "+972501234567" },
                attachments = new[] { new { contentType = "image/jpeg", contentUrl = url, name = $"{Child}.jpg" } },
            });
            response.EnsureSuccessStatusCode();
        }

        await Eventually.TrueAsync(() => server.Log.Lines.Any(line => line.Contains(" failed, attempt ", StringComparison.Ordinal)), "a failure is logged");
        await Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE error IS NOT NULL OR attempts > 0") > 0, "an answer was tried");
        AssertNobody(server, Child, "972501234567", "path-of-a-secret", "answers-of-a-friend", "127.0.0.1:1/", "127.0.0.1:1)", "localhost:1");
    }

    private static void AssertNobody(BotServer server, params string[] secrets) => Assert.All(
        server.Log.Lines, line => Assert.DoesNotContain(secrets, secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
}
