using System.Collections.Concurrent;
using Atmosphere.Bot.Channels.Replies;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>
/// Where the bot is typing now. It is said after what was read, and is no part of the history: it has no position, and who reads later does not see it.
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

    /// <summary>Call it before the answer can be read: nobody sees it typing after that.</summary>
    public void End(string conversation) => _now.TryRemove(conversation, out _);

    /// <summary>Adds the sign to what was just read.</summary>
    /// <param name="shown">Id of the sign that the reader has already; afterwards that of the one it gets.</param>
    public ActivitySet AddTo(ActivitySet read, string conversation, ref string? shown)
    {
        if (!_now.TryGetValue(conversation, out var sign) || sign.Id == shown)
            return read;
        shown = sign.Id;
        return read with { Activities = [.. read.Activities, sign] };
    }
}
