using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>What a browser may show inline, by content; anything else is only offered for download.</summary>
internal static class PictureType
{
    public const string Unknown = "application/octet-stream";

    /// <summary>Whether it is no picture, but a file for somebody to keep: an export.</summary>
    public static bool IsDocument(MediaKey media) => media.Value.EndsWith(".json", StringComparison.Ordinal);

    public static string Of(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, 0x50, 0x4E, 0x47, ..] => "image/png",
        [0x47, 0x49, 0x46, 0x38, ..] => "image/gif",
        [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50, ..] => "image/webp",
        _ => Unknown,
    };
}
