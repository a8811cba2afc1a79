using Atmosphere.Bot.Channels.Activities;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Sends stored replies as activities. Nobody can be asked what arrived.</summary>
internal sealed class BotFrameworkCarrier(Database database, ReplyPictures pictures, Connector connector) : IReplyCarrier
{
    public string Channel => ConversationReference.ChannelName;

    public bool CanAsk => false;

    public async Task<IPreparedReply> PrepareAsync(StoredReply reply, CancellationToken cancellation)
    {
        var reference = await database.ReadAsync(session => References.FindAsync(session, reply.Key), cancellation);
        try
        {
            var activity = await pictures.AddAsync(ActivityJson.Read(reply.Body!), reply, reference, cancellation);
            return new Prepared(connector, await connector.PrepareAsync(reference, reference.Address(activity, null), cancellation));
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

    private sealed class Prepared(Connector connector, HttpRequestMessage request) : IPreparedReply
    {
        public bool IsTemplate => false;

        public async Task<string?> SendAsync(CancellationToken cancellation)
        {
            await connector.SendAsync(request, cancellation);
            return null;
        }

        public void Dispose() => request.Dispose();
    }
}
