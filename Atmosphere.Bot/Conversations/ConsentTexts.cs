namespace Atmosphere.Bot.Conversations;

/// <summary>What the consents in dialogs/ are called when they are stored: what somebody agreed to stays provable.</summary>
internal static class ConsentTexts
{
    /// <summary>Grows when the words of a consent change in any language; a test compares them.</summary>
    public const string Version = "3";

    public const string Purpose = "find the child in photos of the group and send them to its guardians";

    /// <summary>The sentences that ask for consent.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["connect-person.consent", "share-code.consent"];
}
