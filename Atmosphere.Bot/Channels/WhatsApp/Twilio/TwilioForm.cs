using System.Net;
using System.Text;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;
using Microsoft.Net.Http.Headers;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>The parameters of a Twilio request, in the order covered by its signature.</summary>
internal sealed class TwilioForm
{
    /// <summary>Ten media addresses and the longest text, percent-encoded, need a third of it.</summary>
    public const int LargestBody = 128 * 1024;

    private const int MostParameters = 500;
    private const string ContentType = "application/x-www-form-urlencoded";

    private readonly SortedDictionary<string, SortedSet<string>> _values = new(StringComparer.Ordinal);

    /// <summary>
    /// The parameters as covered by the signature. Twilio may send a parameter more than once, and signs each distinct value, sorted, after
    /// its name. The SDK's validator accepts one value per name, so further names are embedded in the first value.
    /// </summary>
    public Dictionary<string, string> Signed =>
        _values.ToDictionary(parameter => parameter.Key, parameter => string.Join(parameter.Key, parameter.Value), StringComparer.Ordinal);

    /// <summary>A parameter's value; null where it is missing or empty.</summary>
    /// <exception cref="RefusedRequestException">It has several values.</exception>
    public string? this[string name] => _values.TryGetValue(name, out var values) switch
    {
        false => null,
        true when values!.Count > 1 => throw new RefusedRequestException(400, $"The parameter {name} comes more than once, with different values."),
        _ => values!.Min is { Length: > 0 } value ? value : null,
    };

    /// <exception cref="RefusedRequestException">The body is not a form, or is too large.</exception>
    public static async Task<TwilioForm> ReadAsync(HttpContext context, SignedBodies bodies)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            throw new RefusedRequestException(415, $"Send the parameters as {ContentType}.");
        await using var body = await bodies.ReadAsync(context, LargestBody);
        return Parse(Encoding.UTF8.GetString(await body.ToArrayAsync()));
    }

    /// <exception cref="RefusedRequestException">It has too many parameters.</exception>
    public static TwilioForm Parse(string body)
    {
        var form = new TwilioForm();
        var parameters = body.Split('&', MostParameters + 1, StringSplitOptions.RemoveEmptyEntries);
        if (parameters.Length > MostParameters)
            throw new RefusedRequestException(400, $"The request has more than {MostParameters} parameters.");
        foreach (var parameter in parameters)
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(equals < 0 ? parameter : parameter[..equals]);
            var value = equals < 0 ? "" : WebUtility.UrlDecode(parameter[(equals + 1)..]);
            if (!form._values.TryGetValue(name, out var values))
                form._values.Add(name, values = new SortedSet<string>(StringComparer.Ordinal));
            values.Add(value);
        }

        return form;
    }
}
