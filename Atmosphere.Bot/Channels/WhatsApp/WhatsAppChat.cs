using System.Text.Json;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>The data needed before writing to a user.</summary>
internal sealed record WhatsAppChat
{
    // WhatsApp's rule: free-form text until 24 hours after the user's last message.
    private static readonly TimeSpan _window = TimeSpan.FromHours(24);

    public required string Reference { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC, like the other times.</summary>
    public long? HeardAt { get; init; }

    public long? ClosedAt { get; init; }

    public long? StoppedAt { get; init; }

    /// <summary>The provider of the chat.</summary>
    public string Provider
    {
        get
        {
            using var reference = JsonDocument.Parse(Reference);
            return reference.RootElement.TryGetProperty("provider", out var provider) ? provider.GetString() ?? "" : "";
        }
    }

    /// <returns>Null if there is no participant.</returns>
    public static async Task<WhatsAppChat?> FindAsync(Session session, ConversationKey conversation) =>
        await Participants.ContactAsync(session, conversation.Channel, conversation.Address) is { } found
            ? new WhatsAppChat
            {
                Reference = found.Reference,
                Language = found.Language,
                HeardAt = found.HeardAt,
                ClosedAt = found.ClosedAt,
                StoppedAt = found.StoppedAt,
            }
            : null;

    /// <summary>Whether free-form text is accepted. The channel's own rejection overrides our clock.</summary>
    public bool IsOpen(DateTimeOffset now) =>
        HeardAt is { } heard && now - DateTimeOffset.FromUnixTimeMilliseconds(heard) < _window && !(ClosedAt >= heard);
}
