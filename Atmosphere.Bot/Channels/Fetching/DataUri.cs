using System.Globalization;
using System.Text;

namespace Atmosphere.Bot.Channels.Fetching;

/// <summary>Files that come inside a message: data:image/jpeg;base64,...</summary>
internal static class DataUri
{
    private const string Scheme = "data:";
    private const string Base64 = ";base64";

    public static bool Is(string url) => url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads base64 in both alphabets, with or without padding, also percent-encoded; without the word base64, percent-encoded bytes (RFC 2397).</summary>
    /// <returns>The bytes, or null where the address cannot be read.</returns>
    public static byte[]? Read(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return null;
        var header = Uri.UnescapeDataString(url[..comma]).TrimEnd();
        var data = url.AsSpan(comma + 1);
        if (!header.EndsWith(Base64, StringComparison.OrdinalIgnoreCase))
            return Bytes(data);

        var text = data.Contains('%') ? Uri.UnescapeDataString(data.ToString()) : data.ToString();
        var letters = new StringBuilder(text.Length + 2);
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter))
                letters.Append(letter switch { '-' => '+', '_' => '/', _ => letter });
        }

        letters.Append('=', (4 - (letters.Length % 4)) % 4);
        var encoded = letters.ToString();
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(encoded, bytes, out var length) ? bytes[..length] : null;
    }

    /// <returns>Null for letters that no address has.</returns>
    private static byte[]? Bytes(ReadOnlySpan<char> data)
    {
        var bytes = new List<byte>(data.Length);
        for (var at = 0; at < data.Length; at++)
        {
            if (data[at] > '~')
                return null;
            if (data[at] != '%')
                bytes.Add((byte)data[at]);
            else if (at + 2 < data.Length && byte.TryParse(data.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                bytes.Add(value);
            else
                return null;
            if (data[at] == '%')
                at += 2;
        }

        return [.. bytes];
    }

    public static string Write(string contentType, byte[] bytes) => $"{Scheme}{contentType}{Base64},{Convert.ToBase64String(bytes)}";
}
