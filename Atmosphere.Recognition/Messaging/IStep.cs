using Atmosphere.Recognition.Messages;

namespace Atmosphere.Recognition.Messaging;

/// <summary>One box of a diagram: turns one message into changes and messages. May be called again with the same message.</summary>
public interface IStep<in TMessage>
    where TMessage : IMessage
{
    /// <summary>
    /// Runs outside any transaction. The returned effects are committed together with the message's acknowledgement.
    /// A <see cref="HopelessException"/> makes the message a dead letter at once; any other exception leads to a retry.
    /// </summary>
    Task<Effects> HandleAsync(TMessage message, CancellationToken cancellation);
}

/// <summary>What a step does after its last attempt fails; committed with the dead letter.</summary>
public interface IOnExhausted<in TMessage>
    where TMessage : IMessage
{
    Effects Exhausted(TMessage message, Exception reason);
}

/// <summary>The message itself is bad: a retry cannot help.</summary>
public sealed class HopelessException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another service asks us to wait before the next call.</summary>
/// <param name="rest">The wait it asks for; at most one hour is honoured.</param>
public sealed class TryLaterException(string message, TimeSpan rest, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan Rest { get; } = rest;

    /// <summary>True if the other service may have carried out the call.</summary>
    public bool MayHaveHappened { get; init; }
}
