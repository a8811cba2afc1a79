using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Sends stored replies to phones through the provider of the chat.</summary>
internal sealed class WhatsAppCarrier(Database database, IEnumerable<IWhatsAppProvider> providers, TimeProvider clock) : IReplyCarrier
{
    public string Channel => WhatsAppAddress.Channel;

    public bool CanAsk => true;

    public async Task<IPreparedReply> PrepareAsync(StoredReply reply, CancellationToken cancellation)
    {
        var (provider, message, chat) = await ReadAsync(reply, cancellation);
        if (chat.StoppedAt is not null && message.IsUnasked && reply.AskedFor == 0)
            throw new ChannelRefusesException("The person opted out.");
        if (message.Picture is null && message.File is null)
            return await provider.PrepareAsync(message, cancellation);

        // The last permission check before a picture is sent, whatever caused the send.
        var recipient = await database.ReadAsync(session => ReplyRecipient.WhoMaySeeAsync(session, reply), cancellation);
        if (recipient is null && (message.IsUnasked || message.File is not null))
            throw new ChannelRefusesException("The picture was withheld, or the person may not have it any more.");
        // An answer in a chat is still right without its picture.
        return await provider.PrepareAsync(message with { Recipient = recipient, Picture = recipient is null ? null : message.Picture }, cancellation);
    }

    public async Task<ReplyTrace> FindAsync(StoredReply reply, CancellationToken cancellation)
    {
        try
        {
            var (provider, message, _) = await ReadAsync(reply, cancellation);
            return await provider.FindAsync(message, cancellation);
        }
        catch (ChannelRefusesException)
        {
            return new ReplyTrace(TraceKind.Unclear);
        }
    }

    public async Task<Undelivered> JudgeAsync(Session session, StoredReply reply, int? error)
    {
        var chat = await WhatsAppChat.FindAsync(session, reply.Key);
        return providers.FirstOrDefault(provider => provider.Name == chat?.Provider)?.Judge(error, reply.Template == 1)
            ?? new Undelivered(UndeliveredKind.ForGood, "Nobody of that conversation is known any more.");
    }

    public Task RememberAsync(Session session, StoredReply reply, Undelivered undelivered) => undelivered.Kind switch
    {
        UndeliveredKind.Closed => Participants.CloseAsync(session, reply.Key.Channel, reply.Key.Address, clock.GetUtcNow()),
        UndeliveredKind.OptedOut => Participants.StopAsync(session, reply.Key.Channel, reply.Key.Address, clock.GetUtcNow()),
        _ => Task.CompletedTask,
    };

    private async Task<(IWhatsAppProvider Provider, WhatsAppMessage Message, WhatsAppChat Chat)> ReadAsync(StoredReply reply, CancellationToken cancellation)
    {
        var chat = await database.ReadAsync(session => WhatsAppChat.FindAsync(session, reply.Key), cancellation)
            ?? throw new ChannelRefusesException("Nobody of that conversation is known any more.");
        var provider = providers.FirstOrDefault(provider => provider.Name == chat.Provider)
            ?? throw new ChannelRefusesException("The provider of that conversation is not known to this version.");
        MediaKey? media = reply.Media is null ? null : new MediaKey(reply.Media);
        var message = new WhatsAppMessage
        {
            Reply = reply,
            To = reply.Key.Address,
            Text = reply.Body is null ? "" : WhatsAppWords.Read(reply.Body),
            Picture = media is null || PictureType.IsDocument(media.Value) ? null : media,
            File = media is { } file && PictureType.IsDocument(file) ? file : null,
            IsOpen = chat.IsOpen(clock.GetUtcNow()),
            Reference = chat.Reference,
            Language = chat.Language,
        };
        return (provider, message, chat);
    }
}
