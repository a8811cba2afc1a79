using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Console.Bench;

/// <summary>An empty message, to measure the queue alone.</summary>
internal sealed record BenchMessage(long Number) : IMessage;

/// <summary>Counts messages whose handling is committed.</summary>
internal sealed class HandledMessages
{
    private TaskCompletionSource _all = new();
    private long _missing;

    /// <summary>Starts counting down.</summary>
    /// <returns>Completes with the last message.</returns>
    public Task ExpectAsync(long count)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _missing, count);
        return _all.Task;
    }

    public void Add()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
            _all.TrySetResult();
    }
}

/// <summary>Does nothing.</summary>
internal sealed class HandleBenchMessage(HandledMessages handled) : IStep<BenchMessage>
{
    public Task<Effects> HandleAsync(BenchMessage message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Afterwards(() =>
        {
            handled.Add();
            return Task.CompletedTask;
        }));
}
