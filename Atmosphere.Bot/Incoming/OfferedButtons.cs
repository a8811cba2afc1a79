using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Atmosphere.Bot.Incoming;

/// <summary>Where a channel has no buttons, a lone number stands for one of those that were offered last.</summary>
internal static partial class OfferedButtons
{
    /// <summary>What a number may stand for after this reply: nothing, where its words have a list of numbers that are no buttons.</summary>
    public static string Write(Reply reply) => Write(HaveNumbers(reply.Buttons) || AreNumbered(reply) ? reply.Buttons : []);

    public static string Write(IReadOnlyList<string> buttons) => JsonSerializer.Serialize(buttons);

    /// <returns>The texts of the buttons; none where nothing was offered.</returns>
    public static IReadOnlyList<string> Texts(string? offered) => offered is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<string>>(offered)!;

    /// <param name="offered">What was written; null: nothing was offered.</param>
    /// <returns>The message with the words of the button, or as it was.</returns>
    public static IncomingMessage Read(IncomingMessage incoming, string? offered)
    {
        if (offered is null || incoming.Files.Count > 0 || NumberIn(incoming.Text) is not { } number)
            return incoming;
        var buttons = Texts(offered);
        // Where the question has numbers of its own, they mean those, however they are typed.
        var meant = HaveNumbers(buttons) ? buttons.FirstOrDefault(button => NumberIn(button) == number) : buttons.ElementAtOrDefault(number - 1);
        return meant is null ? incoming : incoming with { Text = meant };
    }

    /// <summary>Whether the lines of the buttons get numbers: not where others stand there already.</summary>
    public static bool AreNumbered(Reply reply) => !HaveNumbers(reply.Buttons) && !OwnList().IsMatch(reply.Text);

    public static bool HaveNumbers(IReadOnlyList<string> buttons) => buttons.Any(IsNumber);

    public static bool IsNumber(string button) => NumberIn(button) is not null;

    private static int? NumberIn(string text) =>
        Number().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^1\. ", RegexOptions.Multiline)]
    private static partial Regex OwnList();

    // As people type them: 2, 2., #2, (2), and the 2 of a keyboard of emoji.
    [GeneratedRegex(@"\A\s*[#(]?\s*([0-9]{1,2})(?:\uFE0F?\u20E3)?\s*[.):]?\s*\z")]
    private static partial Regex Number();
}
