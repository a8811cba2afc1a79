using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Atmosphere.Bench.Vendors;

/// <summary>Plays Twilio's Messages API: checks credentials and formats, downloads media, keeps a list, and sends signed reports.</summary>
internal sealed class FakeTwilio : IAsyncDisposable
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string AuthToken = "token-of-the-account";
    public const string From = "whatsapp:+15550001111";
    public const string PublicUrl = "https://bot.example.org";

    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly TimeProvider _clock;
    private LocalVendor _vendor = null!;
    private int _number;

    private FakeTwilio(TimeProvider clock) => _clock = clock;

    public Uri Address => _vendor.Address;

    /// <summary>Where the public address of the bot leads; null: media are not fetched.</summary>
    public Uri? Bot { get; set; }

    public ConcurrentQueue<TwilioSent> Sent { get; } = [];

    /// <summary>What is wrong with requests, in words.</summary>
    public ConcurrentQueue<string> Offences { get; } = [];

    /// <summary>What the next requests are answered with instead.</summary>
    public ConcurrentQueue<Trouble> Troubles { get; } = [];

    public int ListsAsked { get; private set; }

    /// <summary>Requests to send, with those that came to nothing.</summary>
    public int Asked { get; private set; }

    public (string Key, string Value)[] Settings =>
    [
        ("Atmosphere:Channels:WhatsApp:Twilio:AccountSid", AccountSid),
        ("Atmosphere:Channels:WhatsApp:Twilio:AuthToken", AuthToken),
        ("Atmosphere:Channels:WhatsApp:Twilio:From", From),
        ("Atmosphere:Channels:WhatsApp:Twilio:PublicUrl", PublicUrl),
        ("Atmosphere:Channels:WhatsApp:Twilio:ApiBaseUrl", Address.ToString()),
    ];

    public static async Task<FakeTwilio> StartAsync(TimeProvider? clock = null)
    {
        var vendor = new FakeTwilio(clock ?? TimeProvider.System);
        vendor._vendor = await LocalVendor.StartAsync(vendor.AnswerAsync);
        return vendor;
    }

    /// <summary>Fetches what stands under a public address, as Twilio or a phone would.</summary>
    public async Task<HttpResponseMessage> FetchAsync(string url, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(Bot!, url[PublicUrl.Length..]));
        return await _http.SendAsync(request);
    }

    /// <summary>Reports what became of a message, at the address that came with it.</summary>
    public Task<HttpResponseMessage> ReportAsync(TwilioSent sent, string status, int? error = null, string token = AuthToken) =>
        ReportAsync(sent.Form["StatusCallback"], sent.Sid, status, error, token);

    public async Task<HttpResponseMessage> ReportAsync(string url, string sid, string status, int? error = null, string token = AuthToken)
    {
        var form = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["AccountSid"] = AccountSid,
            ["ApiVersion"] = "2010-04-01",
            ["ChannelPrefix"] = "whatsapp",
            ["From"] = From,
            ["MessageSid"] = sid,
            ["MessageStatus"] = status,
            ["SmsSid"] = sid,
            ["SmsStatus"] = status,
            ["SomethingNew"] = "yes",
        };
        if (error is { } code)
            (form["ErrorCode"], form["ErrorMessage"]) = (code.ToString(CultureInfo.InvariantCulture), "");
        var signed = url + string.Concat(form.Select(parameter => parameter.Key + parameter.Value));
#pragma warning disable CA5350 // Twilio's choice.
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Bot!, url[PublicUrl.Length..])) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", signature);
        return await _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _vendor.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}"));
        if (context.Request.Headers.Authorization != expected)
        {
            await ErrorAsync(context, 401, 20003);
            return;
        }

        if (context.Request.Path != $"/2010-04-01/Accounts/{AccountSid}/Messages.json")
        {
            Offences.Enqueue($"The path {context.Request.Path}");
            await ErrorAsync(context, 404, 20404);
        }
        else if (HttpMethods.IsGet(context.Request.Method))
        {
            await ListAsync(context);
        }
        else
        {
            await CreateAsync(context);
        }
    }

    private async Task ListAsync(HttpContext context)
    {
        ListsAsked++;
        var (to, from) = (context.Request.Query["To"].ToString(), context.Request.Query["From"].ToString());
        var found = Sent.Reverse().Where(sent => sent.Form["To"] == to && sent.Form["From"] == from).Select(Json);
        await context.Response.WriteAsJsonAsync(new { messages = found, page = 0, page_size = 100, next_page_uri = (string?)null });
    }

    private async Task CreateAsync(HttpContext context)
    {
        Asked++;
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        foreach (var offence in Check(form))
            Offences.Enqueue(offence);
        var trouble = Troubles.TryDequeue(out var next) ? next : null;
        if (trouble is { Status: not null, Accepted: false })
        {
            if (trouble.RetryAfter is { } rest)
                context.Response.Headers.RetryAfter = rest.ToString(CultureInfo.InvariantCulture);
            await ErrorAsync(context, trouble.Status.Value, trouble.Code);
            return;
        }

        var sent = new TwilioSent($"SM{Interlocked.Increment(ref _number):x32}", form, _clock.GetUtcNow());
        if (trouble is not { Status: null, Accepted: false })
        {
            if (Bot is not null && form.TryGetValue("MediaUrl", out var media))
                await FetchMediaAsync(sent, media);
            Sent.Enqueue(sent);
        }

        if (trouble is { Status: null })
        {
            context.Abort();
            return;
        }

        if (trouble is { Status: { } status })
        {
            await ErrorAsync(context, status, null);
            return;
        }

        context.Response.StatusCode = 201;
        await context.Response.WriteAsJsonAsync(Json(sent));
    }

    private async Task FetchMediaAsync(TwilioSent sent, string media)
    {
        using var head = await FetchAsync(media, HttpMethod.Head);
        using var got = await FetchAsync(media);
        if (head.StatusCode != HttpStatusCode.OK || got.StatusCode != HttpStatusCode.OK)
            Offences.Enqueue($"The media is answered with {head.StatusCode} and {got.StatusCode}");
        else if (got.Headers.CacheControl?.NoStore != true || got.Content.Headers.ContentType?.MediaType != head.Content.Headers.ContentType?.MediaType)
            Offences.Enqueue("The media may be stored, or HEAD names another type");
        sent.Media = await got.Content.ReadAsByteArrayAsync();
    }

    private static IEnumerable<string> Check(Dictionary<string, string> form)
    {
        if (form.GetValueOrDefault("From") != From)
            yield return "From is not our number";
        if (form.GetValueOrDefault("To")?.StartsWith("whatsapp:+", StringComparison.Ordinal) != true)
            yield return "To is no WhatsApp number";
        if (form.GetValueOrDefault("StatusCallback")?.StartsWith($"{PublicUrl}/whatsapp/twilio/status?delivery=", StringComparison.Ordinal) != true)
            yield return "StatusCallback is not ours";
        if (form.ContainsKey("ContentSid") == form.ContainsKey("Body") || (form.ContainsKey("ContentSid") && form.ContainsKey("MediaUrl")))
            yield return "A template has neither body nor media, and anything else has a body";
        if (form.GetValueOrDefault("Body")?.Length is 0 or > 1600)
            yield return "The body is empty or longer than 1600 characters";
    }

    private static object Json(TwilioSent sent) => new
    {
        sid = sent.Sid,
        account_sid = AccountSid,
        body = sent.Form.GetValueOrDefault("Body") ?? "A new photo",
        to = sent.Form["To"],
        from = sent.Form["From"],
        direction = "outbound-api",
        status = sent.Status,
        num_media = sent.Form.ContainsKey("MediaUrl") ? "1" : "0",
        date_created = sent.Created.ToString("r", CultureInfo.InvariantCulture).Replace("GMT", "+0000", StringComparison.Ordinal),
        date_sent = (string?)null,
        error_code = (int?)null,
        uri = $"/2010-04-01/Accounts/{AccountSid}/Messages/{sent.Sid}.json",
    };

    private static Task ErrorAsync(HttpContext context, int status, int? code)
    {
        context.Response.StatusCode = status;
        return code is null
            ? context.Response.WriteAsync("<html>Something is wrong</html>")
            : context.Response.WriteAsJsonAsync(new { code, message = $"What went wrong with {From}", more_info = $"https://www.twilio.com/docs/errors/{code}", status });
    }
}

/// <param name="Status">Of the answer; null: the connection is cut.</param>
/// <param name="Code">Twilio's number.</param>
/// <param name="RetryAfter">Seconds.</param>
/// <param name="Accepted">The message is taken nevertheless.</param>
internal sealed record Trouble(int? Status, int? Code = null, int? RetryAfter = null, bool Accepted = false);

internal sealed record TwilioSent(string Sid, IReadOnlyDictionary<string, string> Form, DateTimeOffset Created)
{
    public string Status { get; set; } = "queued";

    public byte[]? Media { get; set; }

    public string? Body => Form.GetValueOrDefault("Body");
}
