using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>The four digits on the buttons of a question: a button that is tapped late is about the face it was shown with.</summary>
internal static partial class QuestionNumber
{
    private const int First = 1000;
    private const int Count = 9000;

    public static string Of(QuestionId question) => Of(question.Value);

    public static string Of(string question) =>
        (First + (BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(question))) % Count)).ToString(CultureInfo.InvariantCulture);

    /// <summary>"a visitor · 4821"</summary>
    public static string Button(string label, QuestionId question) => $"{label} · {Of(question)}";

    /// <returns>What stands on the button, and the number; null where it is no such button.</returns>
    public static (string Label, string Number)? Read(string text) =>
        Form().Match(text) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : null;

    [GeneratedRegex(@"\A\s*(\S.*?)\s*·\s*([1-9][0-9]{3})\s*\z")]
    private static partial Regex Form();
}
