using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>The rows of slack_posts.</summary>
internal static class SlackPostTable
{
    public const string Posted = "posted";
    public const string UnknownFace = "unknown-face";

    public static Task<SlackPostRow?> FindAsync(Session session, FaceId face) =>
        session.QuerySingleOrDefaultAsync<SlackPostRow>("SELECT state, file_id, question FROM slack_posts WHERE face_id = @face", new { face });

    /// <summary>The picture is about to be posted. A later one takes the place of one that was surely not.</summary>
    /// <param name="instead">The picture of the earlier attempt; null where there was none.</param>
    /// <returns>False where somebody else is at it, or was.</returns>
    public static async Task<bool> BeginAsync(Session session, PhotoId photo, FaceId face, string picture, string? instead, DateTimeOffset now, string question = UnknownFace) =>
        await session.ExecuteAsync(
            """
            INSERT INTO slack_posts (face_id, photo_id, state, file_id, question, began_at) VALUES (@face, @photo, 'sending', @picture, @question, @at)
            ON CONFLICT (face_id) DO UPDATE SET state = 'sending', file_id = excluded.file_id, began_at = excluded.began_at
            WHERE slack_posts.state <> 'posted' AND slack_posts.file_id = @instead
            """,
            new { photo, face, picture, question, instead, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>It was surely not posted.</summary>
    public static Task ForgetAsync(Session session, FaceId face, string picture) =>
        session.ExecuteAsync("DELETE FROM slack_posts WHERE face_id = @face AND state <> 'posted' AND file_id = @picture", new { face, picture });

    /// <summary>The channel has it no more.</summary>
    public static Task WithdrawnAsync(Session session, FaceId face, string picture) =>
        session.ExecuteAsync("DELETE FROM slack_posts WHERE face_id = @face AND file_id = @picture", new { face, picture });

    public static Task PostedAsync(Session session, FaceId face, ColleaguePost post, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE slack_posts SET state = 'posted', channel = @Channel, ts = @Id, posted_at = @at WHERE face_id = @face AND state <> 'posted'",
            new { face, post.Channel, post.Id, at = now.ToUnixTimeMilliseconds() });

    /// <summary>Nobody can tell whether it is posted.</summary>
    public static Task UnknownAsync(Session session, FaceId face) =>
        session.ExecuteAsync("UPDATE slack_posts SET state = 'unknown' WHERE face_id = @face AND state = 'sending'", new { face });
}

internal sealed record SlackPostRow
{
    public string State { get; init; } = "";

    public string FileId { get; init; } = "";

    /// <summary>What colleagues were asked: unknown-face, not-my-child or vote.</summary>
    public string Question { get; init; } = "";
}
