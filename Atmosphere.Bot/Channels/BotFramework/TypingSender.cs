using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Sends a typing indicator: one short attempt, whose failure is ignored.</summary>
internal sealed class TypingSender(Database database, Connector connector, ILogger<TypingSender> log)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    public async Task SendAsync(ConversationKey conversation, CancellationToken cancellation)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(_patience);
            var chat = await database.ReadAsync(session => ChatReferences.FindAsync(session, conversation), patience.Token);
            await connector.PrepareAsync(chat, patience.Token);
            await connector.SendAsync(chat, ReplyActivity.Typing(), patience.Token);
        }
        catch (Exception error)
        {
            log.LogDebug("The channel was not told that an answer is coming: {Failure}", error.GetType().Name);
        }
    }
}
