namespace Atmosphere.Bot.Conversations;

/// <summary>The keys and version of the consent texts in dialogs/, stored with each consent as proof.</summary>
internal static class ConsentTexts
{
    /// <summary>Increased when a consent text changes in any language; a test checks this.</summary>
    public const string Version = "4";

    private const int LongestAnswer = 80;

    public const string Purpose = "find the child in photos of the group and send them to its guardians";

    /// <summary>The keys of the texts that ask for consent.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["connect-person.consent", "share-code.consent", "report-picture.consent"];

    /// <summary>The answer as it is stored with the consent. A longer one would not have counted as a yes.</summary>
    public static string Said(Turn turn)
    {
        var said = ChildName.Clean(turn.Incoming.Text);
        return said.Length > LongestAnswer ? said[..LongestAnswer] : said;
    }
}
