using System.Text.RegularExpressions;

namespace Atmosphere.Recognition.Messaging;

/// <summary>
/// An error as it may stand in a log. What the runtime and vendors say of a failure names hosts, addresses and numbers that a caller chose.
/// </summary>
internal sealed partial class LoggedError(Exception error) : Exception(Words(error.Message))
{
    private const string Hidden = "…";

    /// <summary>The text without links, hosts with ports, IP addresses and phone numbers.</summary>
    public static string Words(string text) => Chosen().Replace(text, Hidden);

    public override string ToString() => Words(error.ToString());

    [GeneratedRegex(
        @"\b[a-z][a-z0-9+.-]*://[^\s'"")]+ | \[[0-9a-f:.%]*:[0-9a-f:.%]*\](:\d+)? | (?<![\w.])\d{1,3}(\.\d{1,3}){3}(:\d+)?(?![\w.]) | (?<=\()[\w.-]+:\d+(?=\)) | (?<!\w)\+?\d[\d\x20-]{7,}\d(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Chosen();
}
