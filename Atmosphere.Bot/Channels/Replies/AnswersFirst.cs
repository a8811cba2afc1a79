using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Replies;

/// <summary>Holds a notice back until the chat's answers that were stored before it are sent: a chat reads in the order in which it happened.</summary>
internal sealed class AnswersFirst(Database database, TimeProvider clock)
{
    // An older answer holds nothing up: its channel is slow or unreachable.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(25);

    public async Task WaitAsync(ConversationKey conversation, CancellationToken cancellation)
    {
        // The wall clock of a test may stand still; the wait ends all the same.
        for (var waited = TimeSpan.Zero; waited < _longest; waited += _look)
        {
            var since = (clock.GetUtcNow() - _longest).ToUnixTimeMilliseconds();
            if (!await database.ReadAsync(session => ReplyStore.IsAnswerUnderWayAsync(session, conversation, since), cancellation))
                return;
            await Task.Delay(_look, cancellation);
        }
    }
}
