using System.Text.Json;
using Atmosphere.Bot.Channels.Access;

namespace Atmosphere.Bot.Channels.Webhooks;

/// <summary>Reads what a carrier posts: whole, because its signature covers every byte, and within a limit.</summary>
internal static class WebhookBody
{
    /// <exception cref="RefusedRequestException">413: it is longer than the limit; 400: it broke off.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit)
            throw TooLong(limit);
        RequestBody.Limit(context, null);
        using var memory = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
            {
                if (memory.Length + read > limit)
                    throw TooLong(limit);
                memory.Write(buffer, 0, read);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            throw new RefusedRequestException(400, "The request broke off before its end. Send it again.");
        }

        return memory.ToArray();
    }

    /// <exception cref="RefusedRequestException">400: it is no JSON object.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new RefusedRequestException(400, "The body is no JSON object.");
    }

    private static RefusedRequestException TooLong(int limit) => new(413, $"The body is too long: at most {limit / 1024} KB are read.");
}
