using System.Text.Json;
using Atmosphere.Bot.Channels.Access;

namespace Atmosphere.Bot.Channels.Webhooks;

/// <summary>What a carrier posts.</summary>
internal static class WebhookBody
{
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
}
