using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging;

/// <summary>What a step wants: changes and messages that are committed in one transaction, then clean-ups that may be lost to a crash.</summary>
public sealed class Effects
{
    private readonly List<Func<Session, IOutbox, Task>> _changes = [];
    private readonly List<Func<Task>> _afterwards = [];

    /// <summary>Nothing but the acknowledgement.</summary>
    public static Effects None => new();

    /// <summary>Changes rows in the step's transaction.</summary>
    public Effects Change(Func<Session, Task> change)
    {
        _changes.Add((session, _) => change(session));
        return this;
    }

    /// <summary>Changes rows, and sends what depends on what it finds there.</summary>
    public Effects Change(Func<Session, IOutbox, Task> change)
    {
        _changes.Add(change);
        return this;
    }

    /// <summary>Sends a message when the transaction commits.</summary>
    /// <param name="message">Goes to every queue that subscribed to its type.</param>
    /// <param name="delay">How long it rests before it is handled.</param>
    public Effects Send(IMessage message, TimeSpan delay = default)
    {
        _changes.Add((session, outbox) => outbox.SendAsync(session, message, delay));
        return this;
    }

    /// <summary>Runs when the transaction is committed: deletes a file, wakes a waiter. A crash may skip it; a sweep repairs that.</summary>
    public Effects Afterwards(Func<Task> action)
    {
        _afterwards.Add(action);
        return this;
    }

    internal async Task ApplyAsync(Session session, IOutbox outbox)
    {
        foreach (var change in _changes)
            await change(session, outbox);
    }

    internal async Task FinishAsync()
    {
        foreach (var action in _afterwards)
            await action();
    }
}
