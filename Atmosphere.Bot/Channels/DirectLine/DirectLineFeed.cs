using System.Collections.Concurrent;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>Wakes the streams of a conversation after a write.</summary>
internal sealed class DirectLineFeed
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Get the task before reading: it completes at the next change, however soon.</summary>
    public Task NextChange(string conversation) =>
        _waiting.GetOrAdd(conversation, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(string conversation)
    {
        if (_waiting.TryRemove(conversation, out var waiting))
            waiting.SetResult();
    }
}
