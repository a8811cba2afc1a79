using System.Collections.Specialized;
using System.Globalization;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Twilio.Security;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>A signed request such as may come, in any script, genuine or not.</summary>
internal sealed record TwilioRequest(string Token, string Url, Dictionary<string, string[]> Parameters, string Signature, bool IsGenuine)
{
    private static readonly string[] _urls =
    [
        "https://bot.example.org/whatsapp/twilio", "https://bot.example.org/whatsapp/twilio?room=1&x=%D7%A9", "https://bot.example.org:8443/whatsapp/twilio",
        "http://bot.example.org/whatsapp/twilio", "https://bot.example.org/parents/whatsapp/twilio",
    ];

    private static readonly string[] _letters = ["a", "Z", "0", " ", "+", "&", "=", "%", "é", "ש", "ל", "ñ", "👧", "\n", "'", "\u200f"];

    public static TwilioRequest Random(Random random)
    {
        var parameters = Enumerable.Range(0, random.Next(1, 12))
            .Select(index => random.Next(5) == 0 ? $"Media{index.ToString(CultureInfo.InvariantCulture)}" : "P" + Text(random, 5))
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, _ => Enumerable.Range(0, random.Next(6) == 0 ? 3 : 1).Select(_ => Text(random, 40)).ToArray(), StringComparer.Ordinal);
        var request = new TwilioRequest($"token-{random.Next(3)}", _urls[random.Next(_urls.Length)], parameters, "", IsGenuine: true);
        return random.Next(4) switch
        {
            0 => request with { Signature = (request with { Token = "of-a-stranger" }).Sign(), IsGenuine = false },
            1 => request with { Signature = (request with { Url = request.Url + "/status" }).Sign(), IsGenuine = false },
            _ => request with { Signature = request.Sign() },
        };
    }

    /// <param name="called">As the door is called.</param>
    /// <param name="signed">As Twilio signs.</param>
    /// <param name="body">Names and values of a form.</param>
    public static TwilioRequest Of(string called, string signed, string body)
    {
        var parameters = body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .GroupBy(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]))
            .ToDictionary(values => values.Key, values => values.ToArray(), StringComparer.Ordinal);
        var request = new TwilioRequest("token", called, parameters, "", IsGenuine: true);
        return request with { Signature = (request with { Url = signed }).Sign() };
    }

    public string Sign() => TwilioWebhook.Sign(Pairs, Token, Url);

    private IEnumerable<KeyValuePair<string, string>> Pairs => Parameters.SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value));

    public bool IsTaken() => TwilioSignature.Holds(Signature, Url, Form(), ["another-token", Token]);

    /// <summary>By the validator of Twilio's SDK alone.</summary>
    public bool IsTakenBySdk()
    {
        var parameters = new NameValueCollection();
        foreach (var (name, value) in Pairs)
            parameters.Add(name, value);
        return new RequestValidator(Token).Validate(Url, parameters, Signature);
    }

    /// <summary>For Twilio's library: one value as a text, several as an array.</summary>
    public object ForTwilio() => new
    {
        token = Token,
        url = Url,
        @params = Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.Length == 1 ? (object)parameter.Value[0] : parameter.Value),
        signature = Signature,
    };

    private static string Text(Random random, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => _letters[random.Next(_letters.Length)]));

    private TwilioForm Form() => TwilioForm.Parse(string.Join('&', Pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")));
}
