using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Conversations;

/// <summary>Section <c>Atmosphere:Conversations</c>. Times are [days.]hours:minutes:seconds.</summary>
internal sealed class ConversationOptions
{
    public const string Section = "Atmosphere:Conversations";

    /// <summary>How long after a parent's last word an open registration is reminded of, once.</summary>
    [TimeRange("00:10:00", "23:00:00")]
    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromHours(4);
}
