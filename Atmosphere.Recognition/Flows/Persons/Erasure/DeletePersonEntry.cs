using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes all other data of a person: first the posts to colleagues, then the files, then all rows at once.</summary>
internal sealed class DeletePersonEntry(
    Database database, IMediaStore media, IColleagues colleagues, PersonRows rows, MessagesAbout about, ErasureLog log, ErasedVectors vectors, IncompleteErasures givenUp)
    : IStep<Messages.DeletePersonEntry>, IOnExhausted<Messages.DeletePersonEntry>
{
    public async Task<Effects> HandleAsync(Messages.DeletePersonEntry message, CancellationToken cancellation)
    {
        var erasure = message.Erasure;
        if (await database.ReadAsync(session => rows.FindAsync(session, erasure, message.Person), cancellation) is not { } traces)
            return Effects.None;

        traces = traces with { Learned = (await log.FindAsync(erasure, cancellation))?.Faces ?? [] };

        await ForgetOutsideAsync(traces, cancellation);
        vectors.Keep(erasure, traces.Files);
        var messages = await about.FindAsync(traces.Ids, cancellation);
        return new Effects().Change(async (session, outbox) =>
        {
            if (!await PersonTable.ExistsAsync(session, message.Person))
                return;

            var deleted = await rows.DeleteAsync(session, outbox, traces, messages);
            await ErasureTable.CountAsync(session, erasure, deleted, traces.Files.Count, traces.Faces.Count);
            await outbox.SendAsync(session, new Messages.ProveErasure(erasure, message.Receiver));
        });
    }

    public Effects Exhausted(Messages.DeletePersonEntry message, Exception reason) => givenUp.Of(message.Erasure, nameof(DeletePersonEntry), reason);

    /// <summary>Deletes the rows of one person of a group that ends.</summary>
    internal async Task DeleteAsync(ErasureId erasure, PersonTraces traces, IOutbox outbox, CancellationToken cancellation)
    {
        var messages = await about.FindAsync(traces.Ids, cancellation);
        await database.WriteAsync(
            async session => await ErasureTable.CountAsync(
                session, erasure, await rows.DeleteAsync(session, outbox, traces, messages), traces.Files.Count, traces.Faces.Count),
            cancellation);
    }

    /// <summary>Deletes what is outside any transaction: the pictures in the colleagues' channel, and the files.</summary>
    internal async Task ForgetOutsideAsync(PersonTraces traces, CancellationToken cancellation)
    {
        var shown = traces.Posts.Count + traces.Questions.Count + traces.HeldPosts.Count;
        if (shown > 0 && !colleagues.Listening)
            throw new InvalidOperationException($"{shown} pictures and posts are still shown to colleagues, and no channel to them is set up any more. Set it up again, such as Atmosphere:Channels:Slack.");
        foreach (var (post, view) in traces.Questions)
            await colleagues.UpdateAsync(post, view, cancellation);
        foreach (var held in traces.HeldPosts)
        {
            if (held is { Channel: { } channel, Ts: { } ts })
                await colleagues.EndAsync(new ColleaguePost(channel, ts), HeldFaceView.IdOf(held.HeldId), cancellation);
        }

        foreach (var post in traces.Posts)
            await colleagues.WithdrawAsync(post, cancellation);
        foreach (var file in traces.Files)
            await media.DeleteAsync(file, cancellation);
    }
}
