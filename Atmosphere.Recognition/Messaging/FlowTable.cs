using Atmosphere.Recognition.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Messaging;

/// <summary>A diagram as a table: one row a box.</summary>
/// <param name="Name">The diagram's name, as in dialogs/flows/&lt;name&gt;.mmd.</param>
/// <param name="Steps">The boxes, in reading order.</param>
public sealed record FlowTable(string Name, IReadOnlyList<StepRow> Steps)
{
    /// <summary>Where somebody outside knocks and starts the flow.</summary>
    public IReadOnlyList<DoorRow> Doors { get; init; } = [];

    /// <summary>What is sent because its time has come.</summary>
    public IReadOnlyList<TimerRow> Timers { get; init; } = [];
}

/// <summary>One box: where its messages come from, what handles them and what happens when that fails.</summary>
public sealed record StepRow
{
    // Made by Of alone, which knows the types that the two functions need.
    private StepRow()
    {
    }

    /// <summary>Name of the box and of its class; a generic class has a box for each message, each with a name of its own.</summary>
    public required string Step { get; init; }

    /// <summary>The queue it reads; for a subscription of a topic "topic/box".</summary>
    public required string Queue { get; init; }

    /// <summary>The topic whose messages are copied into the queue; null for a queue that stands alone.</summary>
    public string? Topic { get; init; }

    /// <summary>The record it handles.</summary>
    public required Type MessageType { get; init; }

    /// <summary>The class, an <see cref="IStep{TMessage}"/>.</summary>
    public required Type StepType { get; init; }

    /// <summary>The messages that it may send, for the drawing and for a test.</summary>
    public required IReadOnlyList<Type> Sends { get; init; }

    /// <summary>Attempts and pauses.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>How many messages of the queue are handled at once.</summary>
    public required int Workers { get; init; }

    /// <summary>What exhaustion means, in words.</summary>
    public required string Exhausted { get; init; }

    /// <summary>Whether a subscription wants its copies just now: what nobody listens to need not be sent. Messages that it has already are handled all the same.</summary>
    public Func<IServiceProvider, bool> Wanted { get; init; } = _ => true;

    internal Func<IServiceProvider, IMessage, CancellationToken, Task<Effects>> Handle { get; init; } = null!;

    internal Func<IServiceProvider, IMessage, Exception, Effects> OnExhausted { get; init; } = null!;

    /// <summary>A box of the table, named as its class.</summary>
    public static StepRow Of<TStep, TMessage>(
        string queue, IReadOnlyList<Type> sends, RetryPolicy? retry = null, int workers = 1, string exhausted = "dead letter")
        where TStep : class, IStep<TMessage>
        where TMessage : IMessage => new()
        {
            Step = typeof(TStep).Name,
            Queue = queue,
            MessageType = typeof(TMessage),
            StepType = typeof(TStep),
            Sends = sends,
            Retry = retry ?? RetryPolicy.Default,
            Workers = workers,
            Exhausted = exhausted,
            Handle = (services, message, cancellation) =>
                services.GetRequiredService<TStep>().HandleAsync((TMessage)message, cancellation),
            OnExhausted = (services, message, reason) =>
                services.GetRequiredService<TStep>() is IOnExhausted<TMessage> step ? step.Exhausted((TMessage)message, reason) : Effects.None,
        };

    /// <summary>A box that has a subscription of its own to a topic: its own copy of every message, handled at its own pace.</summary>
    public static StepRow Subscribe<TStep, TMessage>(
        string topic, IReadOnlyList<Type> sends, RetryPolicy? retry = null, int workers = 1, string exhausted = "dead letter")
        where TStep : class, IStep<TMessage>
        where TMessage : IMessage =>
        Of<TStep, TMessage>($"{topic}/{typeof(TStep).Name}", sends, retry, workers, exhausted) with { Topic = topic };
}
