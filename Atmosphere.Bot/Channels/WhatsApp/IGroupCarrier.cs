using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Somebody who carries the chats of groups to us: a container, or Twilio.</summary>
internal interface IGroupCarrier
{
    /// <summary>Such as whatsapp-waha: the channel of its groups.</summary>
    string Channel { get; }

    /// <summary>How those came in whom it names as members.</summary>
    WayToJoin Way { get; }

    /// <summary>It can be asked who is in a chat.</summary>
    bool ListsMembers { get; }

    /// <summary>Whether an id says nothing of the number behind it.</summary>
    bool Hides(string id) => false;

    /// <summary>The number behind an id of the carrier, such as +15551234567.</summary>
    /// <returns>Null where the carrier does not tell.</returns>
    /// <exception cref="Recognition.Messaging.TryLaterException">It cannot be asked now.</exception>
    /// <exception cref="HttpRequestException">It did not answer.</exception>
    Task<string?> NumberAsync(string id, CancellationToken cancellation);

    /// <summary>All members of a chat.</summary>
    /// <param name="chat">As <see cref="GroupChat.Of"/> writes it.</param>
    /// <returns>Null where the carrier has no list.</returns>
    /// <exception cref="Recognition.Messaging.TryLaterException">It cannot be asked now.</exception>
    /// <exception cref="HttpRequestException">It did not answer.</exception>
    Task<IReadOnlyList<ChatMember>?> MembersAsync(string chat, CancellationToken cancellation);

    /// <exception cref="FileUnavailableException">It cannot be had, now or later.</exception>
    /// <exception cref="HttpRequestException">It could not be fetched now.</exception>
    Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation);

    /// <summary>Posts in a group.</summary>
    /// <param name="chat">As <see cref="GroupChat.Of"/> writes it.</param>
    /// <returns>False where the carrier refuses, or has no way to.</returns>
    /// <exception cref="Recognition.Messaging.TryLaterException">It surely was not posted.</exception>
    /// <exception cref="HttpRequestException">Nobody knows whether it was posted.</exception>
    Task<bool> SayAsync(string chat, string text, CancellationToken cancellation);
}

/// <param name="Id">The carrier's id.</param>
/// <param name="Alias">Another id of the same member, which hides the number; null where the carrier names none.</param>
internal sealed record ChatMember(string Id, string? Alias = null);
