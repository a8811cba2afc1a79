using System.Collections.Concurrent;
using Atmosphere.Bot.Channels.Replies;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>
/// The typing indicators of the bot. An indicator follows the activities just read and is not part of the history: it has no position, and
/// later readers do not see it.
/// </summary>
internal sealed class DirectLineTyping(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Activity> _now = new(StringComparer.Ordinal);

    public void Begin(string conversation)
    {
        var sign = ReplyActivity.Typing();
        sign.Id = $"{conversation}|typing-{Guid.CreateVersion7():N}";
        sign.ChannelId = DirectLineChannel.ChannelName;
        sign.Conversation = new ConversationAccount(id: conversation);
        sign.Timestamp = clock.GetUtcNow();
        _now[conversation] = sign;
    }

    /// <summary>Call it before the answer becomes readable, so that no reader sees the indicator after it.</summary>
    public void End(string conversation) => _now.TryRemove(conversation, out _);

    /// <summary>Adds the indicator to the activities just read.</summary>
    /// <param name="shown">Id of the indicator that the reader has already; set to the id of the one added.</param>
    public ActivitySet AddTo(ActivitySet read, string conversation, ref string? shown)
    {
        if (!_now.TryGetValue(conversation, out var sign) || sign.Id == shown)
            return read;
        shown = sign.Id;
        return read with { Activities = [.. read.Activities, sign] };
    }
}
