namespace Atmosphere.Bot.Channels.Fetching;

/// <summary>Files that come inside a message: data:image/jpeg;base64,...</summary>
internal static class DataUri
{
    private const string Scheme = "data:";
    private const string Base64 = ";base64";

    public static bool Is(string url) => url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <returns>The bytes, or null where the address cannot be read.</returns>
    public static byte[]? Read(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !url.AsSpan(0, comma).EndsWith(Base64, StringComparison.OrdinalIgnoreCase))
            return null;

        var encoded = url.AsSpan(comma + 1);
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(encoded, bytes, out var length) ? bytes[..length] : null;
    }

    public static string Write(string contentType, byte[] bytes) => $"{Scheme}{contentType}{Base64},{Convert.ToBase64String(bytes)}";
}
