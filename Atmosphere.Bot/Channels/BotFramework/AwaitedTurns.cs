using System.Collections.Concurrent;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Wakes HTTP requests that wait for the answer to their turn.</summary>
internal sealed class AwaitedTurns
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Get the task before checking whether the turn is answered.</summary>
    public Task Answer(string turn) =>
        _waiting.GetOrAdd(turn, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Answered(string turn)
    {
        if (_waiting.TryRemove(turn, out var waiting))
            waiting.SetResult();
    }

    public void Forget(string turn) => _waiting.TryRemove(turn, out _);
}
