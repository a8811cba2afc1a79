using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>deliveryMode expectReplies: the answers go back in the HTTP response. What nobody waits for any more is sent as usual.</summary>
internal sealed class ExpectedReplies(
    Database database, ReplyStore store, ReplyPictures pictures, AwaitedTurns awaited, IOutbox outbox, IOptions<BotFrameworkOptions> options)
{
    /// <summary>None where they are sent as usual.</summary>
    public async Task<IReadOnlyList<Activity>> WaitAsync(string turn, ChatReference chat, CancellationToken cancellation)
    {
        var answer = awaited.Answer(turn);
        try
        {
            if (!await IsAnsweredAsync(turn, cancellation))
                await answer.WaitAsync(options.Value.ExpectRepliesWithin, cancellation);
            return await CollectAsync(turn, chat, cancellation);
        }
        catch (TimeoutException)
        {
            await SendLaterAsync(turn);
            return [];
        }
        catch (OperationCanceledException)
        {
            // Who asked has hung up.
            await SendLaterAsync(turn);
            throw;
        }
        finally
        {
            awaited.Forget(turn);
        }
    }

    /// <summary>At the start no request waits for anything: what was awaited is sent as usual.</summary>
    public async Task SendAllLaterAsync(CancellationToken cancellation)
    {
        foreach (var turn in await database.ReadAsync(TurnTable.AwaitedAsync, cancellation))
            await SendLaterAsync(turn);
    }

    private async Task<IReadOnlyList<Activity>> CollectAsync(string turn, ChatReference chat, CancellationToken cancellation)
    {
        var replies = await database.ReadAsync(
            async session => await TurnTable.IsAwaitedAsync(session, turn) ? await ReplyStore.OfTurnAsync(session, turn) : [], cancellation);
        var activities = new List<Activity>();
        foreach (var reply in replies)
        {
            if (reply.Body is null)
                continue;
            var activity = await pictures.AddAsync(ActivityJson.Read(reply.Body), reply, chat, cancellation);
            activity.Id = reply.Id;
            activities.Add(activity);
        }

        return await TakeAsync(turn) ? activities : [];
    }

    /// <summary>The response has the replies now. The same request again, because its response was lost, gets the same ones: the words are kept.</summary>
    private Task<bool> TakeAsync(string turn) =>
        database.WriteAsync(async session =>
        {
            if (!await TurnTable.IsAwaitedAsync(session, turn))
                return false;
            foreach (var reply in await ReplyStore.OfTurnAsync(session, turn))
                await store.MoveAsync(session, reply.Id, ReplyStore.Waiting, ReplyStore.Answered);
            return true;
        });

    private Task SendLaterAsync(string turn) =>
        database.WriteAsync(async session =>
        {
            await TurnTable.AwaitNoMoreAsync(session, turn);
            foreach (var reply in await ReplyStore.OfTurnAsync(session, turn))
            {
                if (reply.State == ReplyStore.Waiting)
                    await outbox.SendAsync(session, new ReplyWaiting(reply.Id, reply.Conversation));
            }
        });

    private Task<bool> IsAnsweredAsync(string turn, CancellationToken cancellation) =>
        database.ReadAsync(session => TurnTable.IsHandledAsync(session, turn), cancellation);
}

/// <summary>Before the doors open.</summary>
internal sealed class ExpectedRepliesAtStart(ExpectedReplies expected) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => expected.SendAllLaterAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
