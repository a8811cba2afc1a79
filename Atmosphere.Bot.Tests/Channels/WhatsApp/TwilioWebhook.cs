using System.Net;
using System.Security.Cryptography;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>Posts as Twilio does: a form, signed over the public address.</summary>
internal sealed class TwilioWebhook(BotServer server) : IDisposable
{
    public const string Account = "AC0123456789abcdef0123456789abcdef";
    public const string Token = "token-of-the-account";
    public const string Own = "whatsapp:+15550000000";
    public const string Parent = "+15551234567";
    public const string PublicUrl = "https://bot.example.org";
    public const string Path = "/whatsapp/twilio";
    private const string Section = "Atmosphere:Channels:WhatsApp:Twilio";

    private readonly HttpClient _http = new() { BaseAddress = server.Address };
    private int _messages;

    public static (string Key, string Value)[] Settings(params (string Key, string Value)[] more) =>
    [
        ($"{Section}:AccountSid", Account),
        ($"{Section}:AuthToken", Token),
        ($"{Section}:From", Own),
        ($"{Section}:PublicUrl", PublicUrl),
        .. more.Select(setting => ($"{Section}:{setting.Key}", setting.Value)),
    ];

    /// <summary>A message as it comes, with what a test says instead.</summary>
    public Dictionary<string, string> Message(string body = "help", string from = Parent) => new(StringComparer.Ordinal)
    {
        ["MessageSid"] = $"SM{++_messages:x32}",
        ["AccountSid"] = Account,
        ["From"] = $"whatsapp:{from}",
        ["To"] = Own,
        ["Body"] = body,
        ["NumMedia"] = "0",
        ["NumSegments"] = "1",
        ["ProfileName"] = "Dana",
        ["WaId"] = from[1..],
        ["ApiVersion"] = "2010-04-01",
    };

    public Task<HttpResponseMessage> PostAsync(Dictionary<string, string> form, string token = Token, string address = PublicUrl + Path) =>
        PostSignedAsync(form, Sign(form, token, address));

    public async Task<HttpResponseMessage> PostSignedAsync(Dictionary<string, string> form, string? signature, params (string Name, string Value)[] headers)
    {
        using var content = new FormUrlEncodedContent(form);
        return await SendAsync(content, signature, headers);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpContent content, string? signature, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
        foreach (var (name, value) in signature is null ? headers : [.. headers, ("X-Twilio-Signature", signature)])
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request);
    }

    /// <summary>Says it and is content.</summary>
    public async Task SayAsync(Dictionary<string, string> form)
    {
        using var response = await PostAsync(form);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/xml", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("<Response/>", await response.Content.ReadAsStringAsync());
    }

    /// <summary>As Twilio's description says it: of a repeated parameter, each different value counts, in order.</summary>
    public static string Sign(IEnumerable<KeyValuePair<string, string>> form, string token = Token, string address = PublicUrl + Path)
    {
        var text = address + string.Concat(form.Distinct()
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal).ThenBy(parameter => parameter.Value, StringComparer.Ordinal)
            .Select(parameter => parameter.Key + parameter.Value));
#pragma warning disable CA5350 // Twilio's choice.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }

    public void Dispose() => _http.Dispose();
}
