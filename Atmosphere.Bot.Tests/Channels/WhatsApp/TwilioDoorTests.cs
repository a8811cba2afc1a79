using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

public sealed class TwilioDoorTests : IAsyncLifetime
{
    private readonly RecordedWhatsApp _whatsApp = new();
    private BotServer _server = null!;
    private TwilioWebhook _twilio = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync(_whatsApp.Replace, TwilioWebhook.Settings(
            ("SecondAuthToken", "token-of-tomorrow"), ("TrustForwardedHeaders", "true"), ("Proxies:0", "127.0.0.0/8")));
        _twilio = new TwilioWebhook(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _twilio.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_stored_once_and_answered_once_however_often_it_comes()
    {
        var message = _twilio.Message("hello");
        message["SomethingNew"] = "that Twilio added yesterday";
        for (var time = 0; time < 3; time++)
            await _twilio.SayAsync(message);

        Assert.Contains("Hello! I am Atmosphere", await _whatsApp.HearAsync(1), StringComparison.Ordinal);
        await _twilio.SayAsync(message);
        Assert.Equal(1, await _server.QueryAsync<long>("SELECT COUNT(*) FROM turns WHERE conversation_id = 'whatsapp:+15551234567'"));
        Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM messages"));
        Assert.Single(_whatsApp.Said);
        var reference = JsonNode.Parse((await _server.QueryAsync<string>("SELECT reference FROM participants WHERE address = '+15551234567'"))!)!;
        Assert.Equal(("whatsapp:+15551234567", "twilio"), ($"{reference["to"]}", $"{reference["provider"]}"));
    }

    [Fact]
    public async Task A_wrong_signature_a_missing_one_and_another_account_are_refused_with_a_sentence_and_nothing_is_stored()
    {
        var message = _twilio.Message();
        var changed = new Dictionary<string, string>(message) { ["Body"] = "forget me" };
        var other = _twilio.Message();
        other["AccountSid"] = TwilioWebhook.Account.Replace('0', '1');
        await RefusedAsync(403, _twilio.PostSignedAsync(message, null));
        await RefusedAsync(403, _twilio.PostSignedAsync(message, ""));
        await RefusedAsync(403, _twilio.PostSignedAsync(message, "nonsense"));
        await RefusedAsync(403, _twilio.PostSignedAsync(changed, TwilioWebhook.Sign(message)));
        await RefusedAsync(403, _twilio.PostAsync(message, token: "token-of-a-stranger"));
        await RefusedAsync(403, _twilio.PostAsync(message, address: "https://other.example.org/whatsapp/twilio"));
        await RefusedAsync(403, _twilio.PostAsync(message, address: "https://bot.example.org/whatsapp/twilio?x=1"));
        await RefusedAsync(403, _twilio.PostAsync(other));
        Assert.Equal(0, await StoredAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Other_kinds_of_bodies_are_refused(string type)
    {
        using var content = new StringContent("Body=help", Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await RefusedAsync(415, _twilio.SendAsync(content, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    }

    [Fact]
    public async Task What_is_too_large_has_too_many_parts_or_says_two_things_is_refused()
    {
        var large = _twilio.Message(new string('x', 200_000));
        var many = _twilio.Message();
        for (var i = 0; i < 600; i++)
            many[$"Extra{i}"] = "";
        await RefusedAsync(413, _twilio.PostAsync(large));
        await RefusedAsync(400, _twilio.PostAsync(many));

        var message = _twilio.Message();
        var twice = message.Append(new("From", "whatsapp:+15559999999")).OrderBy(parameter => parameter.Value, StringComparer.Ordinal).ToList();
        using var content = new FormUrlEncodedContent(twice);
        await RefusedAsync(400, _twilio.SendAsync(content, TwilioWebhook.Sign(twice)));
        Assert.Equal(0, await StoredAsync());
    }

    [Fact]
    public async Task While_tokens_are_exchanged_both_count()
    {
        using var first = await _twilio.PostAsync(_twilio.Message());
        using var second = await _twilio.PostAsync(_twilio.Message(), token: "token-of-tomorrow");
        Assert.True(first.IsSuccessStatusCode && second.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_address_that_a_trusted_proxy_names_is_the_one_that_is_signed()
    {
        var message = _twilio.Message();
        (string, string)[] proxy = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example.org, parents.example.org")];
        using var signed = await _twilio.PostSignedAsync(message, TwilioWebhook.Sign(message, address: "https://parents.example.org/whatsapp/twilio"), proxy);
        Assert.True(signed.IsSuccessStatusCode);
        await RefusedAsync(403, _twilio.PostSignedAsync(message, TwilioWebhook.Sign(message, address: "https://evil.example.org/whatsapp/twilio"), proxy));
        await RefusedAsync(403, _twilio.PostSignedAsync(message, TwilioWebhook.Sign(message), proxy));
    }

    [Fact]
    public async Task A_proxy_that_is_not_named_is_not_believed()
    {
        await using var server = await BotServer.StartAsync(_whatsApp.Replace, TwilioWebhook.Settings(("TrustForwardedHeaders", "true"), ("Proxies:0", "10.0.0.4")));
        using var twilio = new TwilioWebhook(server);
        var message = twilio.Message();
        (string, string)[] proxy = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "parents.example.org")];
        await RefusedAsync(403, twilio.PostSignedAsync(message, TwilioWebhook.Sign(message, address: "https://parents.example.org/whatsapp/twilio"), proxy));
        using var signed = await twilio.PostSignedAsync(message, TwilioWebhook.Sign(message), proxy);
        Assert.True(signed.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Who_is_no_WhatsApp_number_or_writes_to_another_number_is_ignored()
    {
        foreach (var (name, value) in new[] { ("From", "+15551234567"), ("From", "messenger:15551234567"), ("From", "whatsapp:15551234567"), ("To", "whatsapp:+15559999999") })
        {
            var message = _twilio.Message();
            message[name] = value;
            await _twilio.SayAsync(message);
        }

        Assert.Equal(0, await StoredAsync());
        Assert.Equal(4, _server.Log.Lines.Count(line => line.Contains("A message is ignored", StringComparison.Ordinal)));
        Assert.DoesNotContain(_server.Log.Lines, line => line.Contains("1555", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_account_the_door_is_not_there()
    {
        await using var server = await BotServer.StartAsync();
        using var twilio = new TwilioWebhook(server);
        await RefusedAsync(404, twilio.PostAsync(twilio.Message()));
    }

    private static async Task RefusedAsync(int status, Task<HttpResponseMessage> call)
    {
        using var response = await call;
        Assert.Equal(status, (int)response.StatusCode);
        Assert.EndsWith(".", $"{(await response.Content.ReadFromJsonAsync<JsonNode>())!["detail"]}", StringComparison.Ordinal);
    }

    private Task<long> StoredAsync() => _server.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM turns) + (SELECT COUNT(*) FROM participants)");
}
