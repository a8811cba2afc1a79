using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>
/// Asks colleagues about a held face, once, in a group that does not ask teachers and has none. Ends the post, and deletes its picture, when
/// somebody has decided or the face is gone.
/// </summary>
internal sealed class ShowHeldFace(Database database, IMediaStore media, IColleagues colleagues, TimeProvider clock)
    : IStep<HeldFaceChanged>, IOnExhausted<HeldFaceChanged>
{
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(5);

    public async Task<Effects> HandleAsync(HeldFaceChanged message, CancellationToken cancellation)
    {
        if (!colleagues.Listening)
            return Effects.None;

        var (held, post, asks) = await database.ReadAsync(
            async session =>
            {
                var found = await HeldFaceTable.FindAsync(session, message.Face);
                return (found, await HeldFacePosts.FindAsync(session, message.Face), found is not null && await AsksColleaguesAsync(session, found));
            },
            cancellation);
        if (held is not { State: "waiting" })
            return post is null ? Effects.None : await EndAsync(post, cancellation);
        if (!asks || post is { State: HeldFacePosts.Posted })
            return Effects.None;
        return post is null ? await PostAsync(held, null, cancellation) : await FindOrPostAsync(held, post, cancellation);
    }

    public Effects Exhausted(HeldFaceChanged message, Exception reason) => new Effects().Change(session => HeldFacePosts.UnknownAsync(session, message.Face));

    /// <summary>Teachers decide where there are any, and where a group wants their confirmation; what only one face shows, an operator does.</summary>
    private static async Task<bool> AsksColleaguesAsync(Session session, HeldFace held) =>
        !held.HandedOver && (held.LikeId is not null || !held.IsRegistration)
        && await Memberships.ColleaguesDecideAsync(session, held.GroupId)
        && !(await Memberships.TeachersAsync(session, held.GroupId)).Any(teacher => teacher != held.FromId);

    /// <summary>After a crash or a lost answer during posting: searches the channel before posting again.</summary>
    private async Task<Effects> FindOrPostAsync(HeldFace held, HeldFacePost post, CancellationToken cancellation)
    {
        var found = await FindAsync(post, cancellation);
        return found is { } known
            ? new Effects().Change(session => HeldFacePosts.PostedAsync(session, held.Id, known.Channel, known.Id))
            : await PostAsync(held, post, cancellation);
    }

    private async Task<Effects> PostAsync(HeldFace held, HeldFacePost? before, CancellationToken cancellation)
    {
        if (await PictureAsync(held, cancellation) is not { } picture)
            return Effects.None;
        if (!await database.WriteAsync(session => HeldFacePosts.BeginAsync(session, held.Id, before?.PostingAt, clock.GetUtcNow()), cancellation))
            return Effects.None;

        var group = await database.ReadAsync(session => GroupTable.NameAsync(session, held.GroupId), cancellation);
        var kind = held.IsMatches ? HeldFaceKind.Matches : held.IsRegistration ? HeldFaceKind.Registration : HeldFaceKind.Person;
        try
        {
            var post = await colleagues.AskAsync(new HeldFaceView(held.Id, kind, held.Name, group ?? "", picture), cancellation);
            // The face may have been decided about or erased during posting: the next message ends the post.
            return new Effects().Change(session => HeldFacePosts.PostedAsync(session, held.Id, post.Channel, post.Id)).Send(new HeldFaceChanged(held.Id));
        }
        catch (Exception error) when (error is TryLaterException { MayHaveHappened: false } or HopelessException)
        {
            await database.WriteAsync(session => HeldFacePosts.DeleteAsync(session, held.Id), CancellationToken.None);
            throw;
        }
    }

    private async Task<Effects> EndAsync(HeldFacePost post, CancellationToken cancellation)
    {
        var shown = post is { State: HeldFacePosts.Posted, Channel: { } channel, Ts: { } ts } ? new ColleaguePost(channel, ts) : await FindAsync(post, cancellation);
        if (shown is not null)
            await colleagues.EndAsync(shown, HeldFaceView.IdOf(post.HeldId), cancellation);
        foreach (var file in await database.ReadAsync(session => ColleaguePictures.OfHeldAsync(session, post.HeldId), cancellation))
        {
            await colleagues.WithdrawAsync(file, cancellation);
            await database.WriteAsync(session => ColleaguePictures.DeleteAsync(session, file), CancellationToken.None);
        }

        return new Effects().Change(session => HeldFacePosts.DeleteAsync(session, post.HeldId)).Change(session => VoteTable.EndHeldAsync(session, post.HeldId));
    }

    private async Task<ColleaguePost?> FindAsync(HeldFacePost post, CancellationToken cancellation)
    {
        var found = await colleagues.FindAsync(HeldFaceView.IdOf(post.HeldId), DateTimeOffset.FromUnixTimeMilliseconds(post.PostingAt), cancellation);
        return found.State == PostState.Unsettled
            ? throw new TryLaterException("The channel does not say yet whether it shows the held face.", _settling)
            : found.Post;
    }

    /// <summary>The channel's id of the picture, which is uploaded once; null: nobody has to decide any more.</summary>
    private async Task<string?> PictureAsync(HeldFace held, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => ColleaguePictures.OfHeldAsync(session, held.Id), cancellation) is [var uploaded, ..])
            return uploaded;
        ReadOnlyMemory<byte> jpeg;
        try
        {
            jpeg = await media.GetAsync(held.Picture, cancellation);
        }
        catch (MediaNotFoundException)
        {
            return null;
        }

        var file = await colleagues.UploadAsync(jpeg, cancellation);
        if (await database.WriteAsync(session => ColleaguePictures.AddHeldAsync(session, file, held.Id, clock.GetUtcNow()), CancellationToken.None))
            return file;
        // If this deletion fails, the row causes another one later.
        await database.WriteAsync(session => ColleaguePictures.AddUnwantedAsync(session, file, "held"), CancellationToken.None);
        await colleagues.WithdrawAsync(file, cancellation);
        await database.WriteAsync(session => ColleaguePictures.DeleteAsync(session, file), CancellationToken.None);
        return null;
    }
}
