using Atmosphere.Recognition.Messages;

namespace Atmosphere.Recognition.Messaging;

/// <summary>One box of a diagram: turns one message into changes and messages. May be called again with the same message.</summary>
public interface IStep<in TMessage>
    where TMessage : IMessage
{
    /// <summary>
    /// Works outside any transaction. What it returns is committed together with the message's acknowledgement.
    /// A <see cref="HopelessException"/> goes to the dead letters at once, any other exception is tried again.
    /// </summary>
    Task<Effects> HandleAsync(TMessage message, CancellationToken cancellation);
}

/// <summary>What happens when a step's attempts are used up; committed with the dead letter.</summary>
public interface IOnExhausted<in TMessage>
    where TMessage : IMessage
{
    Effects Exhausted(TMessage message, Exception reason);
}

/// <summary>Trying again cannot help: the message itself is bad.</summary>
public sealed class HopelessException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Somebody else asks not to be called again before a rest is over.</summary>
/// <param name="rest">What they ask for; up to an hour of it is kept.</param>
public sealed class TryLaterException(string message, TimeSpan rest, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan Rest { get; } = rest;

    /// <summary>What was asked of them may have been done nevertheless.</summary>
    public bool MayHaveHappened { get; init; }
}
