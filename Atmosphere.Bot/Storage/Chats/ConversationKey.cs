namespace Atmosphere.Bot.Storage;

/// <summary>One private conversation of one channel.</summary>
/// <param name="Channel">directline, botframework or whatsapp.</param>
/// <param name="Address">The channel's id of the conversation.</param>
internal readonly record struct ConversationKey(string Channel, string Address)
{
    /// <summary>channel:address, the id of the row.</summary>
    public override string ToString() => $"{Channel}:{Address}";

    public static ConversationKey Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new ConversationKey(text[..colon], text[(colon + 1)..]);
    }
}
