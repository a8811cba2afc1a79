using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Incoming;

/// <summary>Section <c>Atmosphere:Retention</c>, the part about conversations. Times are [days.]hours:minutes:seconds.</summary>
internal sealed class ConversationRetentionOptions
{
    public const string Section = RetentionOptions.Section;

    /// <summary>The words and the picture of a reply that was delivered. Its id stays as long as the inbox.</summary>
    [TimeRange("00:01:00", "365.00:00:00")]
    public TimeSpan Replies { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A reply that could not be delivered, or of which nobody knows.</summary>
    [TimeRange("00:01:00", "365.00:00:00")]
    public TimeSpan UndeliveredReplies { get; set; } = TimeSpan.FromDays(7);

    /// <summary>A Direct Line chat in which nothing is said.</summary>
    [TimeRange("00:01:00", "365.00:00:00")]
    public TimeSpan Chats { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// A registration that a parent does not go on with: the name and the photos. On WhatsApp the parent can
    /// be told of it only within 24 hours.
    /// </summary>
    [TimeRange("00:01:00", "365.00:00:00")]
    public TimeSpan AbandonedRegistrations { get; set; } = TimeSpan.FromHours(23);
}
