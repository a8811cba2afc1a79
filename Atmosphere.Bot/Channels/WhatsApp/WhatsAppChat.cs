using System.Text.Json;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>What must be known of a person before they are written to.</summary>
internal sealed record WhatsAppChat
{
    // WhatsApp's rule: free words until a day after the person's last message.
    private static readonly TimeSpan _window = TimeSpan.FromHours(24);

    public required string Reference { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC, as the others.</summary>
    public long? HeardAt { get; init; }

    public long? ClosedAt { get; init; }

    public long? StoppedAt { get; init; }

    /// <summary>Who carries the chat.</summary>
    public string Provider
    {
        get
        {
            using var reference = JsonDocument.Parse(Reference);
            return reference.RootElement.TryGetProperty("provider", out var provider) ? provider.GetString() ?? "" : "";
        }
    }

    /// <returns>Null where nobody is there.</returns>
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

    /// <summary>Whether free words are taken. The channel's own word counts more than our clock.</summary>
    public bool IsOpen(DateTimeOffset now) =>
        HeardAt is { } heard && now - DateTimeOffset.FromUnixTimeMilliseconds(heard) < _window && !(ClosedAt >= heard);
}
