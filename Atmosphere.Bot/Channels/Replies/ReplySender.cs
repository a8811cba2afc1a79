using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Replies;

/// <summary>
/// Sends one stored reply: the request is made ready, 'sending' is committed, the call is made, the result is committed. After a crash in the
/// call the channel is asked what it has; where it cannot tell, the reply is never sent blindly again. Whatever fails before leaves it waiting.
/// </summary>
internal sealed class ReplySender(
    Database database, ReplyStore store, IEnumerable<IReplyCarrier> carriers, TimeProvider clock, ILogger<ReplySender> log)
{
    /// <summary>A result other than sent is stored and logged with its reason.</summary>
    /// <exception cref="TryLaterException">The channel surely does not have it and may take it later, or it is asked later whether it has it.</exception>
    /// <exception cref="HttpRequestException">No token is given now.</exception>
    public async Task<SendOutcome> SendAsync(string id, CancellationToken cancellation)
    {
        var reply = await database.ReadAsync(session => ReplyStore.FindAsync(session, id), cancellation)
            ?? throw new HopelessException($"There is no reply '{id}'.");
        var carrier = carriers.Single(carrier => carrier.Channel == reply.Key.Channel);
        switch (reply.State)
        {
            case ReplyStore.Waiting when reply.Body is null:
                return await EndAsync(carrier, reply, SendOutcome.Refused, "Its words outlived their time before it was sent.");
            case ReplyStore.Waiting:
                return await PrepareAsync(carrier, reply, cancellation);
            case ReplyStore.Sending:
                return await AskAsync(carrier, reply, cancellation);
            default:
                return reply.State switch
                {
                    ReplyStore.Refused => SendOutcome.Refused,
                    ReplyStore.Unknown => SendOutcome.Unknown,
                    _ => SendOutcome.Sent,
                };
        }
    }

    private async Task<SendOutcome> AskAsync(IReplyCarrier carrier, StoredReply reply, CancellationToken cancellation)
    {
        if (!carrier.CanAsk)
            return await EndAsync(carrier, reply, SendOutcome.Unknown, "The program stopped while it was sent. It may have arrived.");

        var trace = await carrier.FindAsync(reply, cancellation);
        switch (trace.Kind)
        {
            case TraceKind.Found:
                return await EndAsync(carrier, reply, SendOutcome.Sent, null, trace.VendorId);
            case TraceKind.Missing:
                if (!await MoveAsync(reply.Id, ReplyStore.Sending, ReplyStore.Waiting))
                    throw Settled();
                return await PrepareAsync(carrier, reply with { State = ReplyStore.Waiting }, cancellation);
            default:
                return await EndAsync(carrier, reply, SendOutcome.Unknown, "The call had no end, and the channel cannot tell whether it has it. It may have arrived.");
        }
    }

    private async Task<SendOutcome> PrepareAsync(IReplyCarrier carrier, StoredReply reply, CancellationToken cancellation)
    {
        var began = clock.GetUtcNow().ToUnixTimeMilliseconds();
        IPreparedReply request;
        try
        {
            request = await carrier.PrepareAsync(reply, cancellation);
        }
        catch (ChatClosedException closed)
        {
            return await HoldAsync(reply, closed.Message, began);
        }
        catch (ChannelRefusesException refusal)
        {
            return await EndAsync(carrier, reply, SendOutcome.Refused, refusal.Message);
        }

        using (request)
        {
            if (!await database.WriteAsync(session => store.BeginAsync(session, reply.Id, request.IsTemplate), CancellationToken.None))
                throw new InvalidOperationException($"The reply '{reply.Id}' is being sent already.");
            return await CallAsync(carrier, reply with { State = ReplyStore.Sending }, request, cancellation);
        }
    }

    private async Task<SendOutcome> CallAsync(IReplyCarrier carrier, StoredReply reply, IPreparedReply request, CancellationToken cancellation)
    {
        try
        {
            return await EndAsync(carrier, reply, SendOutcome.Sent, null, await request.SendAsync(cancellation));
        }
        catch (ChannelRefusesException refusal)
        {
            return await EndAsync(carrier, reply, SendOutcome.Refused, refusal.Message);
        }
        catch (UndeliveredException error)
        {
            return await UndeliveredAsync(carrier, reply, error, request.IsTemplate);
        }
        catch (TryLaterException error)
        {
            await MoveAsync(reply.Id, ReplyStore.Sending, ReplyStore.Waiting, error.Message);
            throw;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // Who can be asked is asked with the next attempt.
            if (carrier.CanAsk && cancellation.IsCancellationRequested)
                throw;
            if (carrier.CanAsk)
                throw new TryLaterException($"{Reason(error, cancellation)} It is asked whether it has it.", TimeSpan.Zero, error) { MayHaveHappened = true };
            return await EndAsync(carrier, reply, SendOutcome.Unknown, $"{Reason(error, cancellation)} It may have arrived.");
        }
    }

    private async Task<SendOutcome> UndeliveredAsync(IReplyCarrier carrier, StoredReply reply, UndeliveredException error, bool asTemplate)
    {
        await database.WriteAsync(session => carrier.RememberAsync(session, reply, error.Undelivered), CancellationToken.None);
        if (error.Undelivered.Kind is UndeliveredKind.ForNow || (error.Undelivered.Kind is UndeliveredKind.Closed && !asTemplate))
        {
            await MoveAsync(reply.Id, ReplyStore.Sending, ReplyStore.Waiting, error.Message);
            throw new TryLaterException(error.Message, error.Rest);
        }

        return await EndAsync(carrier, reply, SendOutcome.Refused, error.Message);
    }

    // Only our own words: what the runtime says names addresses.
    private static string Reason(Exception error, CancellationToken cancellation) => error switch
    {
        HttpRequestException { StatusCode: { } status } => $"The channel answered {(int)status}.",
        HttpRequestException { InnerException: not OperationCanceledException } => "The connection was lost before the channel answered.",
        _ when cancellation.IsCancellationRequested => "The program was stopped before the channel answered.",
        _ => "The channel did not answer in time.",
    };

    private static TryLaterException Settled() => new("A report of the channel has settled it meanwhile.", TimeSpan.Zero);

    private async Task<SendOutcome> HoldAsync(StoredReply reply, string reason, long since)
    {
        if (!await database.WriteAsync(session => store.HoldAsync(session, reply, reason, since), CancellationToken.None))
            throw new TryLaterException("The person has written meanwhile.", TimeSpan.Zero);
        log.LogInformation("The reply or delivery {Reply} waits: {Reason}", reply.Id, reason);
        return SendOutcome.Held;
    }

    private async Task<SendOutcome> EndAsync(IReplyCarrier carrier, StoredReply reply, SendOutcome outcome, string? error, string? vendorId = null)
    {
        var state = outcome switch
        {
            SendOutcome.Sent => ReplyStore.Sent,
            SendOutcome.Refused => ReplyStore.Refused,
            _ => ReplyStore.Unknown,
        };
        var keepWords = carrier.CanAsk && outcome == SendOutcome.Sent;
        // A result is committed even when the program is stopping.
        var moved = await database.WriteAsync(
            async session =>
            {
                if (!await store.MoveAsync(session, reply.Id, reply.State, state, error, vendorId, keepWords))
                    return false;
                if (vendorId is not null)
                    await Deliveries.SentAsAsync(session, new DeliveryId(reply.Id), vendorId);
                if (error is not null)
                    await Deliveries.FailedForAsync(session, new DeliveryId(reply.Id), error);
                return true;
            },
            CancellationToken.None);
        if (!moved)
            return await SettledAsync(reply, outcome);
        if (error is not null)
            log.LogWarning("The reply or delivery {Reply} is {State} and is not sent again: {Reason}", reply.Id, state, error);
        return outcome;
    }

    /// <summary>The channel's report may be quicker than its answer.</summary>
    private async Task<SendOutcome> SettledAsync(StoredReply reply, SendOutcome outcome)
    {
        var now = await database.ReadAsync(session => ReplyStore.FindAsync(session, reply.Id), CancellationToken.None);
        return now?.State == ReplyStore.Sent && outcome == SendOutcome.Sent ? outcome : throw Settled();
    }

    private Task<bool> MoveAsync(string id, string from, string to, string? error = null) =>
        database.WriteAsync(session => store.MoveAsync(session, id, from, to, error), CancellationToken.None);
}
