using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Sends messages in the transaction of the changes that they belong to: both are committed, or neither.</summary>
public interface IOutbox
{
    /// <summary>Sends a message when the session commits, to every queue whose step handles its type.</summary>
    /// <exception cref="InvalidOperationException">No flow handles the message.</exception>
    Task SendAsync(Session session, IMessage message, TimeSpan delay = default);
}
