using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Handles deliveryMode expectReplies: replies are returned in the HTTP response. If nobody waits any more, they are sent as usual.
/// </summary>
internal sealed class ExpectedReplies(
    Database database, ReplyStore store, ReplyPictures pictures, AwaitedTurns awaited, IOutbox outbox, IOptions<BotFrameworkOptions> options)
{
    /// <summary>Empty if the replies are sent as usual.</summary>
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
            // The caller has disconnected.
            await SendLaterAsync(turn);
            throw;
        }
        finally
        {
            awaited.Forget(turn);
        }
    }

    /// <summary>After a restart no request is waiting: awaited replies are sent as usual.</summary>
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

    /// <summary>
    /// Marks the replies as answered by the response. Their text is kept: a repeated request, after a lost response, gets the same replies.
    /// </summary>
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

/// <summary>Runs before the server accepts requests.</summary>
internal sealed class ExpectedRepliesAtStart(ExpectedReplies expected) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => expected.SendAllLaterAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
