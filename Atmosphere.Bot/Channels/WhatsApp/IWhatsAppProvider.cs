using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>A service that carries private WhatsApp chats.</summary>
internal interface IWhatsAppProvider
{
    /// <summary>Its name in a participant's reference, such as twilio.</summary>
    string Name { get; }

    /// <inheritdoc cref="IReplyCarrier.PrepareAsync"/>
    Task<IPreparedReply> PrepareAsync(WhatsAppMessage message, CancellationToken cancellation);

    /// <summary>Queries the state of a message whose call had no known outcome.</summary>
    /// <exception cref="TryLaterException">The provider does not tell now.</exception>
    Task<ReplyTrace> FindAsync(WhatsAppMessage message, CancellationToken cancellation);

    /// <summary>Interprets a provider's error code for an undelivered message.</summary>
    Undelivered Judge(int? error, bool asTemplate);
}

/// <summary>One message to one phone.</summary>
internal sealed record WhatsAppMessage
{
    /// <summary>The row, for queries and reports.</summary>
    public required StoredReply Reply { get; init; }

    /// <summary>Such as +15551234567.</summary>
    public required string To { get; init; }

    public required string Text { get; init; }

    public MediaKey? Picture { get; init; }

    /// <summary>A document, which WhatsApp accepts only as a link.</summary>
    public MediaKey? File { get; init; }

    /// <summary>The participant for whom the links to picture and file are made; null: there are no links.</summary>
    public ParticipantId? Recipient { get; init; }

    /// <summary>True if the user wrote less than 24 hours ago, so that free-form text is accepted.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>True if it does not answer a message of the user.</summary>
    public bool IsUnasked => Reply.Turn is null;

    /// <summary>JSON that the provider needs to write to the user.</summary>
    public required string Reference { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }
}
