using System.Text.Json;
using Atmosphere.Bot.Channels.Activities;
using Microsoft.AspNetCore.Http.Features;

namespace Atmosphere.Bot.Channels.Doors;

/// <summary>Reads what a request carries, within limits.</summary>
internal static class RequestBody
{
    /// <summary>The largest file of a message, bytes.</summary>
    public const int LargestFile = 25 * 1024 * 1024;

    /// <summary>Base64 makes four letters of three bytes; the rest of an activity is small.</summary>
    public const int LargestJson = (LargestFile / 3 * 4) + (1024 * 1024);

    /// <exception cref="RefusedRequestException">It is no JSON activity, or too large.</exception>
    public static async Task<Activity> ReadActivityAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw new RefusedRequestException(415, "Send the activity as application/json.");
        Limit(context, LargestJson);
        try
        {
            return await JsonSerializer.DeserializeAsync<Activity>(context.Request.Body, ActivityJson.Options, context.RequestAborted)
                ?? throw new RefusedRequestException(400, "An activity is a JSON object with a type.");
        }
        catch (JsonException error)
        {
            throw new RefusedRequestException(400, $"The body is no JSON activity (line {error.LineNumber + 1}, near '{error.Path}').");
        }
        catch (BadHttpRequestException error)
        {
            throw new RefusedRequestException(error.StatusCode, "The message is too large; a file may have 25 MB.");
        }
    }

    /// <param name="context">Nothing of its body is read yet.</param>
    /// <param name="bytes">Null: no limit, so that a refusal reaches even who sends much before listening.</param>
    public static void Limit(HttpContext context, long? bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = bytes;
    }
}
