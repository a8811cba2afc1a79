namespace Atmosphere.Bot.Conversations.Reminders;

/// <summary>When a participant <c>p</c> may be written to unasked: on WhatsApp 24 hours after their last word, and never after they said stop.</summary>
internal static class OpenWindow
{
    public const string Sql = "p.stopped_at IS NULL AND (p.channel <> 'whatsapp' OR p.heard_at > @since)";

    public static long Since(DateTimeOffset now) => (now - TimeSpan.FromHours(24)).ToUnixTimeMilliseconds();
}
