using Microsoft.AspNetCore.Http.Features;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>How much a request may carry.</summary>
internal static class RequestBody
{
    /// <summary>The largest file of a message, bytes.</summary>
    public const int LargestFile = 25 * 1024 * 1024;

    /// <summary>Base64 makes four letters of three bytes; the rest of an activity is small.</summary>
    public const int LargestJson = (LargestFile / 3 * 4) + (1024 * 1024);

    /// <param name="context">Nothing of its body is read yet.</param>
    /// <param name="bytes">Null: no limit, so that a refusal reaches even who sends much before listening.</param>
    public static void Limit(HttpContext context, long? bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = bytes;
    }
}
