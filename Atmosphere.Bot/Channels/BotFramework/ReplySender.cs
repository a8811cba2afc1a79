using Atmosphere.Bot.Channels.Activities;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Sends one stored reply: the request is made ready, 'sending' is committed, the call is made, the result is committed. After a crash in the
/// call nobody can tell whether the channel has it, and it is never sent blindly again; whatever fails before leaves it waiting.
/// </summary>
internal sealed class ReplySender(Database database, ReplyStore store, ReplyPictures pictures, Connector connector, ILogger<ReplySender> log)
{
    /// <summary>A result other than sent is stored and logged with its reason.</summary>
    /// <exception cref="TryLaterException">The channel surely does not have it and may take it later.</exception>
    /// <exception cref="HttpRequestException">No token is given now.</exception>
    public async Task<SendOutcome> SendAsync(string id, CancellationToken cancellation)
    {
        var reply = await database.ReadAsync(session => ReplyStore.FindAsync(session, id), cancellation)
            ?? throw new HopelessException($"There is no reply '{id}'.");
        switch (reply.State)
        {
            case ReplyStore.Waiting when reply.Body is null:
                return await EndAsync(reply, SendOutcome.Refused, "Its words outlived their time before it was sent.");
            case ReplyStore.Waiting:
                return await PrepareAsync(reply, cancellation);
            case ReplyStore.Sending:
                return await EndAsync(reply, SendOutcome.Unknown, "The program stopped while it was sent. It may have arrived.");
            default:
                return reply.State switch
                {
                    ReplyStore.Refused => SendOutcome.Refused,
                    ReplyStore.Unknown => SendOutcome.Unknown,
                    _ => SendOutcome.Sent,
                };
        }
    }

    private async Task<SendOutcome> PrepareAsync(StoredReply reply, CancellationToken cancellation)
    {
        var reference = await database.ReadAsync(session => References.FindAsync(session, ConversationKey.Parse(reply.Conversation)), cancellation);
        HttpRequestMessage request;
        try
        {
            var activity = await pictures.AddAsync(ActivityJson.Read(reply.Body!), reply, reference, cancellation);
            request = await connector.PrepareAsync(reference, reference.Address(activity, null), cancellation);
        }
        catch (MediaNotFoundException)
        {
            return await EndAsync(reply, SendOutcome.Refused, "Its picture was deleted before it was sent.");
        }
        catch (ChannelRefusesException refusal)
        {
            return await EndAsync(reply, SendOutcome.Refused, refusal.Message);
        }

        using (request)
        {
            if (!await MoveAsync(reply.Id, ReplyStore.Waiting, ReplyStore.Sending))
                throw new InvalidOperationException($"The reply '{reply.Id}' is being sent already.");
            return await CallAsync(reply with { State = ReplyStore.Sending }, request, cancellation);
        }
    }

    private async Task<SendOutcome> CallAsync(StoredReply reply, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            await connector.SendAsync(request, cancellation);
            return await EndAsync(reply, SendOutcome.Sent, null);
        }
        catch (ChannelRefusesException refusal)
        {
            return await EndAsync(reply, SendOutcome.Refused, refusal.Message);
        }
        catch (TryLaterException error)
        {
            await MoveAsync(reply.Id, ReplyStore.Sending, ReplyStore.Waiting, error.Message);
            throw;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return await EndAsync(reply, SendOutcome.Unknown, $"{Reason(error, cancellation)} It may have arrived.");
        }
    }

    // Only our own words: what the runtime says names addresses.
    private static string Reason(Exception error, CancellationToken cancellation) => error switch
    {
        HttpRequestException { StatusCode: { } status } => $"The channel answered {(int)status}.",
        HttpRequestException => "The connection was lost before the channel answered.",
        _ when cancellation.IsCancellationRequested => "The program was stopped before the channel answered.",
        _ => "The channel did not answer in time.",
    };

    private async Task<SendOutcome> EndAsync(StoredReply reply, SendOutcome outcome, string? error)
    {
        var state = outcome switch
        {
            SendOutcome.Sent => ReplyStore.Sent,
            SendOutcome.Refused => ReplyStore.Refused,
            _ => ReplyStore.Unknown,
        };
        await MoveAsync(reply.Id, reply.State, state, error);
        if (error is not null)
            log.LogWarning("The reply or delivery {Reply} is {State} and is not sent again: {Reason}", reply.Id, state, error);
        return outcome;
    }

    // A result is committed even when the program is stopping.
    private Task<bool> MoveAsync(string id, string from, string to, string? error = null) =>
        database.WriteAsync(session => store.MoveAsync(session, id, from, to, error), CancellationToken.None);
}
