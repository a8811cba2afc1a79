using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Shows colleagues a face of which a parent said something. A picture that asked something else about it before is withdrawn.</summary>
internal sealed class AskColleagues(Database database, FacePictures pictures, IColleagues colleagues, TimeProvider clock)
    : IStep<FaceQuestioned>, IOnExhausted<FaceQuestioned>
{
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(5);

    public async Task<Effects> HandleAsync(FaceQuestioned message, CancellationToken cancellation)
    {
        if (!colleagues.Listening)
            return Effects.None;

        // As in NotifySlack: 'sending' is on the disk before the picture is posted, and what may be posted already is looked for.
        var post = await database.ReadAsync(session => SlackPostTable.FindAsync(session, message.Face), cancellation);
        if (post is not null && post.Question != NameOf(message.Question))
        {
            await colleagues.WithdrawAsync(post.FileId, cancellation);
            await database.WriteAsync(session => SlackPostTable.WithdrawnAsync(session, message.Face, post.FileId), cancellation);
            post = null;
        }

        if (post is { State: SlackPostTable.Posted })
            return Effects.None;
        if (post is not null)
        {
            var found = await colleagues.FindAsync(post.FileId, cancellation);
            if (found.State == PostState.Unsettled)
                throw new TryLaterException("The channel does not say yet whether it shows the picture.", _settling);
            if (found.State == PostState.Posted)
                return Posted(message, found.Post!);
        }

        return await PostAsync(message, post?.FileId, cancellation);
    }

    public Effects Exhausted(FaceQuestioned message, Exception reason) =>
        new Effects().Change(session => SlackPostTable.UnknownAsync(session, message.Face));

    private async Task<Effects> PostAsync(FaceQuestioned message, string? instead, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => WordsAsync(session, message), cancellation) is not { } words
            || await pictures.GetAsync(message.Photo, message.Face, FacePicture.ZoomIn, cancellation) is not { } jpeg)
        {
            return Effects.None;
        }

        var picture = await colleagues.UploadAsync(jpeg, cancellation);
        var begun = await database.WriteAsync(
            async session => await WordsAsync(session, message) is not null && await SlackPostTable.BeginAsync(
                session, message.Photo, message.Face, picture, instead, clock.GetUtcNow(), NameOf(message.Question)),
            cancellation);
        if (!begun)
            throw new InvalidOperationException($"The face '{message.Face}' is being posted already, or there is nothing to ask about it any more.");

        try
        {
            return Posted(message, await colleagues.PostAsync(picture, new ColleagueNotice(TextOf(message.Question), words), cancellation));
        }
        catch (Exception error) when (error is TryLaterException or HopelessException)
        {
            await database.WriteAsync(session => SlackPostTable.ForgetAsync(session, message.Face, picture), CancellationToken.None);
            throw;
        }
    }

    private Effects Posted(FaceQuestioned message, ColleaguePost post) =>
        new Effects().Change(session => SlackPostTable.PostedAsync(session, message.Face, post, clock.GetUtcNow()));

    private static string NameOf(FaceQuestion question) => question == FaceQuestion.NotTheChild ? "not-my-child" : "vote";

    private static string TextOf(FaceQuestion question) => question == FaceQuestion.NotTheChild ? "slack.not-my-child" : "slack.vote";

    /// <summary>What the sentence needs; null where the face has a name, or it or the person is gone.</summary>
    private static async Task<Dictionary<string, string>?> WordsAsync(Session session, FaceQuestioned message)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT g.name AS group_name, c.name FROM faces f JOIN photos p ON p.id = f.photo_id JOIN groups g ON g.id = p.group_id
            JOIN persons c ON c.id = @Person AND c.group_id = p.group_id AND c.state NOT IN ('failed', 'erasing')
            WHERE f.id = @Face AND p.id = @Photo AND f.verdict IN ('nobody', 'uncertain')
            """,
            new { message.Face, message.Photo, message.Person });
        return row is null ? null : new Dictionary<string, string> { ["group"] = row.GroupName, ["name"] = row.Name };
    }

    private sealed record Row
    {
        public string GroupName { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
