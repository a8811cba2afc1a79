using System.Net;
using System.Text;
using Atmosphere.Bot.Channels.Doors;
using Microsoft.Net.Http.Headers;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>The parameters of one of Twilio's requests, in the order in which its signature covers them.</summary>
internal sealed class TwilioForm
{
    /// <summary>Ten addresses of media and the longest text, each letter as nine, are a third of it.</summary>
    public const int LargestBody = 128 * 1024;

    private const int MostParameters = 500;
    private const string ContentType = "application/x-www-form-urlencoded";

    private readonly SortedDictionary<string, SortedSet<string>> _values = new(StringComparer.Ordinal);

    /// <summary>
    /// The parameters as a signature covers them. Twilio may send one more than once and signs each of its different values, sorted, behind its name;
    /// the SDK's validator takes one value a name, so that the second name stands in the first value.
    /// </summary>
    public Dictionary<string, string> Signed =>
        _values.ToDictionary(parameter => parameter.Key, parameter => string.Join(parameter.Key, parameter.Value), StringComparer.Ordinal);

    /// <summary>A parameter's value; null where it is missing or empty.</summary>
    /// <exception cref="RefusedRequestException">It has several.</exception>
    public string? this[string name] => _values.TryGetValue(name, out var values) switch
    {
        false => null,
        true when values!.Count > 1 => throw new RefusedRequestException(400, $"The parameter {name} comes more than once, with different values."),
        _ => values!.Min is { Length: > 0 } value ? value : null,
    };

    /// <exception cref="RefusedRequestException">It is no form, or too large.</exception>
    public static async Task<TwilioForm> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            throw new RefusedRequestException(415, $"Send the parameters as {ContentType}.");
        if (request.ContentLength > LargestBody)
            throw TooLarge();
        try
        {
            return Parse(await BodyAsync(request, cancellation));
        }
        catch (BadHttpRequestException error)
        {
            throw new RefusedRequestException(error.StatusCode, "The request's body cannot be read.");
        }
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

    private static async Task<string> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var memory = new MemoryStream((int)(request.ContentLength ?? 4096));
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (memory.Length + read > LargestBody)
                throw TooLarge();
            memory.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    private static RefusedRequestException TooLarge() => new(413, $"The request is larger than {LargestBody / 1024} KB.");
}
