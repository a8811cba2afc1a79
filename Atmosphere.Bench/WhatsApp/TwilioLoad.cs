using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;

namespace Atmosphere.Bench.WhatsApp;

/// <summary>Posts signed webhooks at a steady rate, whether the answers come or not.</summary>
internal sealed class TwilioLoad : IDisposable
{
    /// <summary>What their numbers begin with, and no other's does.</summary>
    public const string WarmUpSenders = "+15569";

    private const string Path = "/whatsapp/twilio";

    private static readonly string[] _texts =
        ["help", "my children", "hello", "When does the trip begin?", "עזרה", "ayuda", "Thank you! 👍", "I cannot come today, please tell the others that we are late."];

    private readonly HttpClient _http;
    private readonly WhatsAppPlan _plan;
    private readonly (string Body, string Signature)[] _webhooks;
    private readonly List<double> _times = [];
    private int _refused;

    public TwilioLoad(Uri server, WhatsAppPlan plan)
    {
        _http = new HttpClient { BaseAddress = server };
        _plan = plan;
        // Beforehand: signing is not what is measured.
        _webhooks = [.. Enumerable.Range(0, plan.Messages).Select(Webhook)];
    }

    public IReadOnlyList<double> Times => _times;

    public int Refused => _refused;

    public int Repeated { get; private set; }

    /// <summary>SM and the message's number.</summary>
    public static string Sid(int message) => string.Create(CultureInfo.InvariantCulture, $"SM{message:x32}");

    /// <summary>The number of a sender, with + and country code.</summary>
    public static string Sender(int number) => string.Create(CultureInfo.InvariantCulture, $"+1556{number:0000000}");

    /// <summary>Some first, of senders of their own: code is compiled, connections are made.</summary>
    public async Task WarmUpAsync(int count, CancellationToken cancellation)
    {
        for (var i = 0; i < count; i++)
            await PostAsync(Webhook($"SW{i.ToString("x32", CultureInfo.InvariantCulture)}", Sender(9_000_000 + i), _texts[i % _texts.Length]), cancellation);
        _times.Clear();
    }

    /// <summary>Posts them all, each at its time.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var open = new List<Task>();
        for (var i = 0; i < _webhooks.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / _plan.Rate) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, cancellation);
            open.Add(PostAsync(_webhooks[i], cancellation));
            if (i % WhatsAppPlan.RepeatedEvery != 0)
                continue;
            Repeated++;
            open.Add(PostAsync(_webhooks[i], cancellation));
        }

        await Task.WhenAll(open);
    }

    public void Dispose() => _http.Dispose();

    private static (string Body, string Signature) Webhook(string sid, string from, string text)
    {
        var parameters = new Dictionary<string, string>
        {
            ["SmsMessageSid"] = sid,
            ["NumMedia"] = "0",
            ["ProfileName"] = "Dana",
            ["MessageType"] = "text",
            ["SmsSid"] = sid,
            ["WaId"] = from[1..],
            ["SmsStatus"] = "received",
            ["Body"] = text,
            ["To"] = FakeTwilio.From,
            ["NumSegments"] = "1",
            ["ReferralNumMedia"] = "0",
            ["MessageSid"] = sid,
            ["AccountSid"] = FakeTwilio.AccountSid,
            ["From"] = "whatsapp:" + from,
            ["ApiVersion"] = "2010-04-01",
        };
        var body = string.Join('&', parameters.Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
        return (body, Sign(parameters));
    }

    private static string Sign(Dictionary<string, string> parameters)
    {
        var signed = FakeTwilio.PublicUrl + Path + string.Concat(parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => parameter.Key + parameter.Value));
#pragma warning disable CA5350 // Twilio's choice; as a keyed hash SHA-1 still holds.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(FakeTwilio.AuthToken), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
    }

    private (string Body, string Signature) Webhook(int message) =>
        Webhook(Sid(message), Sender(message % _plan.Senders), _texts[message / _plan.Senders % _texts.Length]);

    private async Task PostAsync((string Body, string Signature) webhook, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent(webhook.Body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TryAddWithoutValidation(TwilioSignature.Header, webhook.Signature);
        var start = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request, cancellation);
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (!response.IsSuccessStatusCode)
            Interlocked.Increment(ref _refused);
        lock (_times)
            _times.Add(time);
    }
}
