using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>How a question's row says what became of its post.</summary>
internal static class QuestionPosts
{
    public const string Posted = "posted";
    public const string Sending = "sending";

    /// <summary>It is about to be posted.</summary>
    /// <param name="before">The row as it was read.</param>
    /// <returns>False where somebody else is at it, or there is nothing to ask any more.</returns>
    public static async Task<bool> BeginAsync(Session session, QuestionRow before, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE questions SET post_state = 'sending', posting_at = @now
            WHERE id = @Id AND state = @state AND COALESCE(post_state, '') = COALESCE(@PostState, '') AND COALESCE(posting_at, 0) = COALESCE(@PostingAt, 0)
            """,
            new { before.Id, state = QuestionTable.Text(before.State), before.PostState, before.PostingAt, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>It was surely not posted.</summary>
    public static Task ForgetAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("UPDATE questions SET post_state = NULL, posting_at = NULL WHERE id = @question AND post_state IN ('sending', 'unknown')", new { question });

    /// <param name="shown">What it shows; null: nobody knows.</param>
    /// <returns>False where the question is gone.</returns>
    public static async Task<bool> PostedAsync(Session session, QuestionId question, ColleaguePost post, DateTimeOffset? shown)
    {
        _ = await session.ExecuteAsync(
            "UPDATE questions SET post_state = 'posted', channel = @Channel, ts = @Id, shown_at = @shown WHERE id = @question AND COALESCE(post_state, '') <> 'posted'",
            new { question, post.Channel, post.Id, shown = shown?.ToUnixTimeMilliseconds() ?? 0 });
        return await QuestionTable.FindAsync(session, question) is not null;
    }

    public static Task ShownAsync(Session session, QuestionId question, DateTimeOffset shown, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE questions SET shown_at = @shown, posting_at = @now, update_at = NULL WHERE id = @question AND COALESCE(shown_at, 0) < @shown",
            new { question, shown = shown.ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() });

    /// <summary>Nobody can tell whether it is posted.</summary>
    public static Task UnknownAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("UPDATE questions SET post_state = 'unknown' WHERE id = @question AND post_state = 'sending'", new { question });

    public static ColleaguePost? Of(QuestionRow question) =>
        question is { PostState: Posted, Channel: { } channel, Ts: { } ts } ? new ColleaguePost(channel, ts) : null;
}
