using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Whoever carries private WhatsApp chats.</summary>
internal interface IWhatsAppProvider
{
    /// <summary>As the reference of a participant names it, such as twilio.</summary>
    string Name { get; }

    /// <inheritdoc cref="IReplyCarrier.PrepareAsync"/>
    Task<IPreparedReply> PrepareAsync(WhatsAppMessage message, CancellationToken cancellation);

    /// <summary>Asks after a message whose call had no end that we know of.</summary>
    /// <exception cref="TryLaterException">It does not say now.</exception>
    Task<ReplyTrace> FindAsync(WhatsAppMessage message, CancellationToken cancellation);

    /// <summary>What a number of the provider means for a message that did not arrive.</summary>
    Undelivered Judge(int? error, bool asTemplate);
}

/// <summary>One message to one phone.</summary>
internal sealed record WhatsAppMessage
{
    /// <summary>The row, for what is asked and reported later.</summary>
    public required StoredReply Reply { get; init; }

    /// <summary>Such as +15551234567.</summary>
    public required string To { get; init; }

    public required string Text { get; init; }

    public MediaKey? Picture { get; init; }

    /// <summary>A document, which WhatsApp takes as a link only.</summary>
    public MediaKey? File { get; init; }

    /// <summary>The person wrote less than 24 hours ago: free words are taken.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Nobody asked for it.</summary>
    public bool IsUnasked => Reply.Turn is null;

    /// <summary>JSON: what the provider needs to write to them.</summary>
    public required string Reference { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }
}
