using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Sends stored replies as activities. The channel cannot be asked whether a message arrived.</summary>
internal sealed class BotFrameworkCarrier(Database database, ReplyPictures pictures, Connector connector) : IReplyCarrier
{
    public string Channel => BotFrameworkChannel.ChannelName;

    public bool CanAsk => false;

    public async Task<IPreparedReply> PrepareAsync(StoredReply reply, CancellationToken cancellation)
    {
        var chat = await database.ReadAsync(session => ChatReferences.FindAsync(session, reply.Key), cancellation);
        try
        {
            var activity = await pictures.AddAsync(ActivityJson.Read(reply.Body!), reply, chat, cancellation);
            await connector.PrepareAsync(chat, cancellation);
            return new Prepared(connector, chat, activity);
        }
        catch (MediaNotFoundException)
        {
            throw new ChannelRefusesException("Its picture was deleted before it was sent.");
        }
    }

    public Task<ReplyTrace> FindAsync(StoredReply reply, CancellationToken cancellation) => Task.FromResult(new ReplyTrace(TraceKind.Unclear));

    public Task<Undelivered> JudgeAsync(Session session, StoredReply reply, int? error) =>
        Task.FromResult(new Undelivered(UndeliveredKind.ForGood, "The channel could not deliver it."));

    public Task RememberAsync(Session session, StoredReply reply, Undelivered undelivered) => Task.CompletedTask;

    private sealed class Prepared(Connector connector, ChatReference chat, Activity activity) : IPreparedReply
    {
        public bool IsTemplate => false;

        public async Task<string?> SendAsync(CancellationToken cancellation)
        {
            await connector.SendAsync(chat, activity, cancellation);
            return null;
        }

        public void Dispose()
        {
            // The SDK resources exist only for the call.
        }
    }
}
