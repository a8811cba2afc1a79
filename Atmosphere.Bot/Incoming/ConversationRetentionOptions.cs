using Atmosphere.Recognition.Flows.Cleanup;

namespace Atmosphere.Bot.Incoming;

/// <summary>Section <c>Atmosphere:Retention</c>, the part about conversations. Times are [days.]hours:minutes:seconds.</summary>
internal sealed class ConversationRetentionOptions
{
    public const string Section = RetentionOptions.Section;

    private static readonly TimeSpan _longest = TimeSpan.FromDays(365);

    /// <summary>The words and the picture of a reply that was delivered; one minute to 365 days, default one day. Its id stays as long as the inbox.</summary>
    public TimeSpan Replies { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A reply that could not be delivered, or of which nobody knows; one minute to 365 days, default seven days.</summary>
    public TimeSpan UndeliveredReplies { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A Direct Line chat in which nothing is said; one minute to 365 days, default seven days.</summary>
    public TimeSpan Chats { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// A registration that a parent does not go on with: the name and the photos; one minute to 365 days, default 23 hours. On WhatsApp the
    /// parent can be told of it only within 24 hours.
    /// </summary>
    public TimeSpan AbandonedRegistrations { get; set; } = TimeSpan.FromHours(23);

    /// <summary>The sentences about settings that cannot work; none when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        var least = TimeSpan.FromMinutes(1);
        (string Name, TimeSpan Value)[] settings =
        [
            (nameof(Replies), Replies),
            (nameof(UndeliveredReplies), UndeliveredReplies),
            (nameof(Chats), Chats),
            (nameof(AbandonedRegistrations), AbandonedRegistrations),
        ];
        return settings
            .Where(setting => setting.Value < least || setting.Value > _longest)
            .Select(setting => $"{RetentionOptions.Section}:{setting.Name} is {setting.Value}; use {least} to {_longest} ([days.]hours:minutes:seconds).");
    }
}
