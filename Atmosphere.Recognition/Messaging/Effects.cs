using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging;

/// <summary>The result of a step: changes and messages to commit in one transaction, then clean-ups, which a crash may skip.</summary>
public sealed class Effects
{
    private readonly List<Func<Session, IOutbox, Task>> _changes = [];
    private readonly List<Func<Task>> _afterwards = [];

    /// <summary>No effects: the message is only acknowledged.</summary>
    public static Effects None => new();

    /// <summary>Changes rows in the step's transaction.</summary>
    public Effects Change(Func<Session, Task> change)
    {
        _changes.Add((session, _) => change(session));
        return this;
    }

    /// <summary>Changes rows in the step's transaction and sends messages that depend on these rows.</summary>
    public Effects Change(Func<Session, IOutbox, Task> change)
    {
        _changes.Add(change);
        return this;
    }

    /// <summary>Sends a message when the transaction commits.</summary>
    /// <param name="message">Goes to every queue that subscribes to its type.</param>
    /// <param name="delay">How long to wait before it is handled.</param>
    public Effects Send(IMessage message, TimeSpan delay = default)
    {
        _changes.Add((session, outbox) => outbox.SendAsync(session, message, delay));
        return this;
    }

    /// <summary>Runs after the commit, for example to delete a file. A crash may skip it; the sweep repairs that.</summary>
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
