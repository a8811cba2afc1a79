using Atmosphere.Recognition.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Messaging;

/// <summary>A flow diagram as a table with one row per box.</summary>
/// <param name="Name">The diagram's name, as in dialogs/flows/&lt;name&gt;.mmd.</param>
/// <param name="Steps">The boxes, in reading order.</param>
public sealed record FlowTable(string Name, IReadOnlyList<StepRow> Steps)
{
    /// <summary>Entry points through which outside callers start the flow.</summary>
    public IReadOnlyList<DoorRow> Doors { get; init; } = [];

    /// <summary>Messages that are sent on a schedule.</summary>
    public IReadOnlyList<TimerRow> Timers { get; init; } = [];
}

/// <summary>One box: the source of its messages, the step that handles them, and the handling of failures.</summary>
public sealed record StepRow
{
    // Created only by Of and Subscribe, which know the types that the two functions need.
    private StepRow()
    {
    }

    /// <summary>Name of the box and of its class. A generic class has one box per message type, each with its own name.</summary>
    public required string Step { get; init; }

    /// <summary>The queue that it reads; "topic/box" for a subscription.</summary>
    public required string Queue { get; init; }

    /// <summary>The topic whose messages are copied into the queue; null if the queue belongs to no topic.</summary>
    public string? Topic { get; init; }

    /// <summary>The message type that it handles.</summary>
    public required Type MessageType { get; init; }

    /// <summary>The class that implements <see cref="IStep{TMessage}"/>.</summary>
    public required Type StepType { get; init; }

    /// <summary>The messages that it can send, for the diagram and for a test.</summary>
    public required IReadOnlyList<Type> Sends { get; init; }

    /// <summary>Number of attempts and the pauses between them.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>How many messages of the queue are handled at the same time.</summary>
    public required int Workers { get; init; }

    /// <summary>What happens after the last attempt, in words for the diagram.</summary>
    public required string Exhausted { get; init; }

    /// <summary>
    /// Whether a subscription currently wants new messages. If not, none are sent to it; messages already in its queue are still handled.
    /// </summary>
    public Func<IServiceProvider, bool> Wanted { get; init; } = _ => true;

    internal Func<IServiceProvider, IMessage, CancellationToken, Task<Effects>> Handle { get; init; } = null!;

    internal Func<IServiceProvider, IMessage, Exception, Effects> OnExhausted { get; init; } = null!;

    /// <summary>A box with a queue of its own, named after its class.</summary>
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

    /// <summary>A box that subscribes to a topic: it gets its own copy of every message and handles it at its own pace.</summary>
    public static StepRow Subscribe<TStep, TMessage>(
        string topic, IReadOnlyList<Type> sends, RetryPolicy? retry = null, int workers = 1, string exhausted = "dead letter")
        where TStep : class, IStep<TMessage>
        where TMessage : IMessage =>
        Of<TStep, TMessage>($"{topic}/{typeof(TStep).Name}", sends, retry, workers, exhausted) with { Topic = topic };
}
