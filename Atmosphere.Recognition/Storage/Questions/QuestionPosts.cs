using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

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

    /// <param name="channel">The channel's id of the room.</param>
    /// <param name="ts">The channel's id of the message.</param>
    /// <param name="shown">What it shows; null: nobody knows.</param>
    /// <returns>False where the question is gone.</returns>
    public static async Task<bool> PostedAsync(Session session, QuestionId question, string channel, string ts, DateTimeOffset? shown)
    {
        _ = await session.ExecuteAsync(
            "UPDATE questions SET post_state = 'posted', channel = @channel, ts = @ts, shown_at = @shown WHERE id = @question AND COALESCE(post_state, '') <> 'posted'",
            new { question, channel, ts, shown = shown?.ToUnixTimeMilliseconds() ?? 0 });
        return await QuestionTable.FindAsync(session, question) is not null;
    }

    public static Task ShownAsync(Session session, QuestionId question, DateTimeOffset shown, DateTimeOffset now) =>
        session.ExecuteAsync(
            "UPDATE questions SET shown_at = @shown, posting_at = @now, update_at = NULL WHERE id = @question AND COALESCE(shown_at, 0) < @shown",
            new { question, shown = shown.ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() });

    /// <summary>Nobody can tell whether it is posted.</summary>
    public static Task UnknownAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("UPDATE questions SET post_state = 'unknown' WHERE id = @question AND post_state = 'sending'", new { question });

    /// <summary>The next change of the post will be made then.</summary>
    public static Task UpdateAtAsync(Session session, QuestionId question, DateTimeOffset at) =>
        session.ExecuteAsync("UPDATE questions SET update_at = @at WHERE id = @question", new { question, at = at.ToUnixTimeMilliseconds() });

    /// <summary>Colleagues were reminded of it; null: they were not.</summary>
    /// <param name="at">Milliseconds since 1970.</param>
    public static Task RemindedAsync(Session session, QuestionId question, long? at) =>
        session.ExecuteAsync("UPDATE questions SET reminded_at = @at WHERE id = @question", new { question, at });

    /// <summary>Open questions of whose posts nobody was reminded since then, oldest first.</summary>
    public static Task<IReadOnlyList<WaitingPost>> ToRemindAsync(Session session, DateTimeOffset before) =>
        session.QueryAsync<WaitingPost>(
            """
            SELECT q.id, q.channel, q.ts, q.reminded_at, g.time_zone FROM questions q JOIN groups g ON g.id = q.group_id
            WHERE q.state IN ('asked', 'voting') AND q.post_state = 'posted' AND COALESCE(q.reminded_at, q.asked_at) <= @before ORDER BY q.asked_at, q.id
            """,
            new { before = before.ToUnixTimeMilliseconds() });

    /// <summary>What was decided, and whose photos went out after the post had said so.</summary>
    /// <param name="settled">Finalized until then.</param>
    /// <param name="recent">And since then.</param>
    /// <param name="settling">So long after that the post was not changed.</param>
    public static Task<IReadOnlyList<QuestionRow>> SentSinceShownAsync(Session session, DateTimeOffset settled, DateTimeOffset recent, TimeSpan settling) =>
        QuestionTable.ListAsync(
            session,
            """
            WHERE post_state = 'posted' AND state = 'decided' AND kind <> 'identified' AND finalized_at <= @settled AND finalized_at > @recent
                AND COALESCE(posting_at, 0) < finalized_at + @settling
            """,
            new { settled = settled.ToUnixTimeMilliseconds(), recent = recent.ToUnixTimeMilliseconds(), settling = (long)settling.TotalMilliseconds });

    /// <summary>Questions that the channel does not show as they are, oldest first.</summary>
    /// <param name="recent">Names that were told before need not be told any more.</param>
    /// <param name="settled">A call that posts, and began before that, is over.</param>
    public static Task<IReadOnlyList<QuestionRow>> NotShownAsync(Session session, DateTimeOffset recent, DateTimeOffset settled) =>
        QuestionTable.ListAsync(
            session,
            """
            WHERE (post_state IS NULL AND (state IN ('asked', 'voting') OR (kind = 'identified' AND state = 'decided' AND changed_at > @recent)))
                OR (post_state IN ('sending', 'unknown') AND COALESCE(posting_at, 0) <= @settled)
                OR (post_state = 'posted' AND COALESCE(shown_at, 0) < changed_at)
            ORDER BY asked_at, id
            """,
            new { recent = recent.ToUnixTimeMilliseconds(), settled = settled.ToUnixTimeMilliseconds() });
}

/// <summary>A post of a question that waits for an answer.</summary>
internal sealed record WaitingPost
{
    public QuestionId Id { get; init; }

    public string Channel { get; init; } = "";

    public string Ts { get; init; } = "";

    public long? RemindedAt { get; init; }

    public string TimeZone { get; init; } = "";
}
