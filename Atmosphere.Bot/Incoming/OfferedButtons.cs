using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Incoming;

/// <summary>On channels without buttons, translates a typed number to one of the buttons offered last.</summary>
internal static partial class OfferedButtons
{
    /// <summary>The buttons that a number may stand for after this reply; none if its text contains a numbered list of its own.</summary>
    public static string Write(Reply reply) => Write(HaveNumbers(reply.Buttons) || AreNumbered(reply) ? reply.Buttons : []);

    public static string Write(IReadOnlyList<string> buttons) => JsonSerializer.Serialize(buttons);

    /// <returns>The labels of the buttons; empty if none were offered.</returns>
    public static IReadOnlyList<string> Texts(string? offered) => offered is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<string>>(offered)!;

    /// <param name="offered">The result of Write; null: no buttons were offered.</param>
    /// <returns>The message with the label of the button, or unchanged.</returns>
    public static IncomingMessage Read(IncomingMessage incoming, string? offered)
    {
        if (offered is null || incoming.Files.Count > 0 || NumberIn(incoming.Text) is not { } number)
            return incoming;
        var buttons = Texts(offered);
        // If the buttons contain numbers, a typed number means those.
        var meant = HaveNumbers(buttons) ? buttons.FirstOrDefault(button => NumberIn(button) == number) : buttons.ElementAtOrDefault(number - 1);
        return meant is null ? incoming : incoming with { Text = meant };
    }

    /// <summary>Whether to number the buttons: not if the reply contains numbers of its own.</summary>
    public static bool AreNumbered(Reply reply) => !HaveNumbers(reply.Buttons) && !OwnList().IsMatch(reply.Text);

    public static bool HaveNumbers(IReadOnlyList<string> buttons) => buttons.Any(IsNumber);

    public static bool IsNumber(string button) => NumberIn(button) is not null;

    private static int? NumberIn(string text) =>
        Number().Match(PastedText.Plain(text)) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^1\. ", RegexOptions.Multiline)]
    private static partial Regex OwnList();

    // As people type them: 2, 2., #2, (2); of the keycap emoji only the digit is left.
    [GeneratedRegex(@"\A#?\s*([0-9]{1,2})\z")]
    private static partial Regex Number();
}
