using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>A service that carries group chats: a container, or Twilio.</summary>
internal interface IGroupCarrier
{
    /// <summary>The channel of its groups, such as whatsapp-waha.</summary>
    string Channel { get; }

    /// <summary>How the members that it lists have joined.</summary>
    WayToJoin Way { get; }

    /// <summary>Whether it can list the members of a chat.</summary>
    bool ListsMembers { get; }

    /// <summary>Whether an id hides the phone number.</summary>
    bool Hides(string id) => false;

    /// <summary>The phone number of a carrier's id, such as +15551234567.</summary>
    /// <returns>Null if the carrier does not tell it.</returns>
    /// <exception cref="Recognition.Messaging.TryLaterException">The carrier cannot be queried now.</exception>
    /// <exception cref="HttpRequestException">The carrier did not answer.</exception>
    Task<string?> NumberAsync(string id, CancellationToken cancellation);

    /// <summary>All members of a chat.</summary>
    /// <param name="chat">As <see cref="GroupChat.Of"/> writes it.</param>
    /// <returns>Null if the carrier has no list.</returns>
    /// <exception cref="Recognition.Messaging.TryLaterException">The carrier cannot be queried now.</exception>
    /// <exception cref="HttpRequestException">The carrier did not answer.</exception>
    Task<IReadOnlyList<ChatMember>?> MembersAsync(string chat, CancellationToken cancellation);

    /// <exception cref="FileUnavailableException">The file is permanently unavailable.</exception>
    /// <exception cref="HttpRequestException">The file could not be downloaded now.</exception>
    Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation);

    /// <summary>Posts a text in a group.</summary>
    /// <param name="chat">As <see cref="GroupChat.Of"/> writes it.</param>
    /// <returns>False if the carrier refuses or cannot post.</returns>
    /// <exception cref="Recognition.Messaging.TryLaterException">It was certainly not posted.</exception>
    /// <exception cref="HttpRequestException">Unknown whether it was posted.</exception>
    Task<bool> SayAsync(string chat, string text, CancellationToken cancellation);
}

/// <param name="Id">The carrier's id.</param>
/// <param name="Alias">Another id of the same member that hides the number; null if the carrier tells none.</param>
internal sealed record ChatMember(string Id, string? Alias = null);
