using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Shows colleagues the faces that are nobody's, each once. A face that may be somebody's, or about which nothing can be said, is not shown.</summary>
internal sealed class NotifySlack(Database database, FacePictures pictures, IColleagues colleagues, TimeProvider clock)
    : IStep<FaceFound>, IOnExhausted<FaceFound>
{
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _deciding = TimeSpan.FromSeconds(2);

    public async Task<Effects> HandleAsync(FaceFound message, CancellationToken cancellation)
    {
        if (!colleagues.Listening)
            return Effects.None;

        // The outside world has no transaction: 'sending' is on the disk before the picture is posted. After a crash in between the channel
        // is asked for the picture, and only what it surely does not show is posted again; also when an operator replays the message.
        var (post, group) = await database.ReadAsync(
            async session => (await SlackPostTable.FindAsync(session, message.Face), await UnmatchedAsync(session, message)), cancellation);
        if (post is { State: SlackPostTable.Posted } or { Question: not SlackPostTable.UnknownFace })
            return Effects.None;
        if (post is not null)
        {
            var found = await colleagues.FindAsync(post.FileId, cancellation);
            if (found.State == PostState.Unsettled)
                throw new TryLaterException("The channel does not say yet whether it shows the picture.", _settling);
            if (found.State == PostState.Posted)
                return Posted(message, found.Post!);
        }

        // Whether it is unknown is known when it is decided; somebody may have been registered since it was matched.
        if (group is null && post is null && await database.ReadAsync(session => IsOpenAsync(session, message), cancellation))
            throw new TryLaterException("It is not decided yet who the face is.", _deciding);
        if (group is null || await pictures.GetAsync(message.Photo, message.Face, FacePicture.Rectangle, cancellation) is not { } jpeg)
            return post is null ? Effects.None : new Effects().Change(session => SlackPostTable.ForgetAsync(session, message.Face, post.FileId));

        var picture = await colleagues.UploadAsync(jpeg, cancellation);
        return await PostAsync(message, picture, post?.FileId, group, cancellation);
    }

    public Effects Exhausted(FaceFound message, Exception reason) =>
        new Effects().Change(session => SlackPostTable.UnknownAsync(session, message.Face));

    private async Task<Effects> PostAsync(FaceFound message, string picture, string? instead, string group, CancellationToken cancellation)
    {
        var begun = await database.WriteAsync(
            async session => await UnmatchedAsync(session, message) is not null
                && await SlackPostTable.BeginAsync(session, message.Photo, message.Face, picture, instead, clock.GetUtcNow()),
            cancellation);
        if (!begun)
            throw new InvalidOperationException($"The face '{message.Face}' is being posted already, or is not unknown any more.");

        try
        {
            var notice = new ColleagueNotice("slack.unknown-face", new Dictionary<string, string> { ["group"] = group });
            return Posted(message, await colleagues.PostAsync(picture, notice, cancellation));
        }
        catch (Exception error) when (error is TryLaterException or HopelessException)
        {
            await database.WriteAsync(session => SlackPostTable.ForgetAsync(session, message.Face, picture), CancellationToken.None);
            throw;
        }
    }

    private Effects Posted(FaceFound message, ColleaguePost post) =>
        new Effects().Change(session => SlackPostTable.PostedAsync(session, message.Face, post, clock.GetUtcNow()));

    /// <summary>The name of the face's group where it was decided that the face is nobody's; else null.</summary>
    private static Task<string?> UnmatchedAsync(Session session, FaceFound message) =>
        session.QuerySingleOrDefaultAsync<string>(
            """
            SELECT g.name FROM faces f JOIN photos p ON p.id = f.photo_id JOIN groups g ON g.id = p.group_id
            WHERE f.id = @Face AND p.id = @Photo AND f.verdict = 'nobody' AND f.decided_at IS NOT NULL AND p.state IN ('processed', 'degraded')
            """,
            new { message.Face, message.Photo });

    private static async Task<bool> IsOpenAsync(Session session, FaceFound message) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM bounding_boxes b JOIN photos p ON p.id = b.photo_id LEFT JOIN faces f ON f.id = b.face_id
            WHERE b.face_id = @Face AND p.state IN ('processed', 'degraded') AND f.decided_at IS NULL
            """,
            new { message.Face }) > 0;
}
