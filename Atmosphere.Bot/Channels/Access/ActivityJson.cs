using System.Text;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>How activities are written and read.</summary>
internal static class ActivityJson
{
    private static readonly JsonSerializerSettings _settings = new()
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
        NullValueHandling = NullValueHandling.Ignore,
        // Texts in channel data that look like dates go back exactly as they came.
        DateParseHandling = DateParseHandling.None,
        MaxDepth = 64,
    };

    /// <param name="value">An activity, or an object that holds activities.</param>
    public static string Write(object value) => JsonConvert.SerializeObject(value, _settings);

    /// <exception cref="JsonException">The text is not an activity.</exception>
    public static Activity Read(string json)
    {
        using var reader = new StringReader(json);
        return Read(reader);
    }

    /// <summary>Reads the activity that a request carries.</summary>
    /// <exception cref="RefusedRequestException">400: not a JSON activity; 413: too large; 415: another content type.</exception>
    public static async Task<Activity> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw new RefusedRequestException(415, "Send the activity as application/json.");
        if (context.Request.ContentLength > RequestBody.LargestJson)
            throw TooLarge(StatusCodes.Status413PayloadTooLarge);
        RequestBody.Limit(context, RequestBody.LargestJson);
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException error)
        {
            throw TooLarge(error.StatusCode);
        }

        body.Position = 0;
        using var reader = new StreamReader(body, Encoding.UTF8);
        try
        {
            return Read(reader);
        }
        catch (JsonException error)
        {
            throw new RefusedRequestException(400, error.Message);
        }
    }

    public static IResult Answer(object value) => Results.Text(Write(value), "application/json", Encoding.UTF8);

    private static Activity Read(TextReader text)
    {
        using var json = new JsonTextReader(text);
        try
        {
            var activity = JsonSerializer.Create(_settings).Deserialize<Activity>(json) ?? throw new JsonException("null is no activity.");
            activity.Attachments = WithoutNulls(activity.Attachments);
            activity.MembersAdded = WithoutNulls(activity.MembersAdded);
            return activity;
        }
        catch (Exception error)
        {
            // The schema's converters throw other exceptions, too, such as NullReferenceException where a list is missing.
            throw new JsonException($"The body is no JSON activity (line {json.LineNumber}, near '{json.Path}').", error);
        }
    }

    private static List<T>? WithoutNulls<T>(IList<T>? list) => list?.Where(item => item is not null).ToList();

    private static RefusedRequestException TooLarge(int status) => new(status, "The message is too large; a file may have 25 MB.");
}
