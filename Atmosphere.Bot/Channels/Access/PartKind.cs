using Atmosphere.Recognition.Imaging;
using Microsoft.Net.Http.Headers;

namespace Atmosphere.Bot.Channels.Access;

/// <summary>Decides whether a part of a form is a file. RFC 7578 allows files without a name.</summary>
internal static class PartKind
{
    /// <param name="contentType">As declared; null: nothing was, which means text.</param>
    /// <param name="content">The part, or its beginning.</param>
    public static bool IsFile(ContentDispositionHeaderValue disposition, string? contentType, ReadOnlySpan<byte> content) =>
        disposition.IsFileDisposition()
        || (MediaTypeHeaderValue.TryParse(contentType, out var type) && (type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || IsUnknown(type)))
        || PhotoHeader.LooksLikePhoto(content);

    private static bool IsUnknown(MediaTypeHeaderValue type) => type.SubType.Equals("octet-stream", StringComparison.OrdinalIgnoreCase);
}
