using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels;

/// <summary>The way out to the people of one channel.</summary>
internal interface IChannel
{
    /// <summary>directline, botframework or whatsapp.</summary>
    string Name { get; }

    /// <summary>The channel has no buttons: they are numbered lines, and a lone number stands for one of them.</summary>
    bool NumbersButtons => false;

    /// <summary>Shows the person that an answer takes a moment. It never fails: where it cannot be shown, it is not.</summary>
    Task ShowTypingAsync(ConversationKey conversation, CancellationToken cancellation);

    /// <summary>Writes a turn's replies in the turn's transaction.</summary>
    /// <param name="awaited">The answer goes back in the HTTP response that waits for it.</param>
    Task ReplyAsync(Session session, IOutbox outbox, ConversationKey conversation, string turn, IReadOnlyList<Reply> replies, bool awaited);

    /// <summary>Runs when that transaction is committed.</summary>
    void Committed(ConversationKey conversation, string turn);

    /// <summary>Stores something that nobody asked for, once per delivery.</summary>
    /// <returns>False if the chat is gone.</returns>
    Task<bool> StoreAsync(Session session, ConversationKey conversation, string delivery, Reply reply);

    /// <summary>Sends what is stored, when that transaction is committed.</summary>
    Task<SendOutcome> SendStoredAsync(ConversationKey conversation, string delivery, Reply reply, CancellationToken cancellation);
}
