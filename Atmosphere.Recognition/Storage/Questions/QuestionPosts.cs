using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The posting state of questions.</summary>
internal static class QuestionPosts
{
    public const string Posted = "posted";
    public const string Sending = "sending";

    /// <summary>Marks the question as being posted.</summary>
    /// <param name="before">The row as it was read.</param>
    /// <returns>False if another step is posting it, or there is nothing to ask any more.</returns>
    public static async Task<bool> BeginAsync(Session session, QuestionRow before, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE questions SET post_state = 'sending', posting_at = @now
            WHERE id = @Id AND state = @state AND COALESCE(post_state, '') = COALESCE(@PostState, '') AND COALESCE(posting_at, 0) = COALESCE(@PostingAt, 0)
            """,
            new { before.Id, state = QuestionTable.Text(before.State), before.PostState, before.PostingAt, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Resets the state after the post certainly failed.</summary>
    public static Task ForgetAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("UPDATE questions SET post_state = NULL, posting_at = NULL WHERE id = @question AND post_state IN ('sending', 'unknown')", new { question });

    /// <param name="channel">The channel's id of the room.</param>
    /// <param name="ts">The channel's id of the message.</param>
    /// <param name="shown">The version of the question that the post shows; null: unknown.</param>
    /// <returns>False if the question is gone.</returns>
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

    /// <summary>Records that it is unknown whether the question was posted.</summary>
    public static Task UnknownAsync(Session session, QuestionId question) =>
        session.ExecuteAsync("UPDATE questions SET post_state = 'unknown' WHERE id = @question AND post_state = 'sending'", new { question });

    /// <summary>Sets the time of the next update of the post.</summary>
    public static Task UpdateAtAsync(Session session, QuestionId question, DateTimeOffset at) =>
        session.ExecuteAsync("UPDATE questions SET update_at = @at WHERE id = @question", new { question, at = at.ToUnixTimeMilliseconds() });

    /// <summary>Records a reminder about the question; null: clears it.</summary>
    /// <param name="at">Milliseconds since 1970.</param>
    public static Task RemindedAsync(Session session, QuestionId question, long? at) =>
        session.ExecuteAsync("UPDATE questions SET reminded_at = @at WHERE id = @question", new { question, at });

    /// <summary>Open questions with a post and without a reminder since a time, oldest first.</summary>
    public static Task<IReadOnlyList<WaitingPost>> ToRemindAsync(Session session, DateTimeOffset before) =>
        session.QueryAsync<WaitingPost>(
            """
            SELECT q.id, q.channel, q.ts, q.reminded_at, g.time_zone FROM questions q JOIN groups g ON g.id = q.group_id
            WHERE q.state IN ('asked', 'voting') AND q.post_state = 'posted' AND COALESCE(q.reminded_at, q.asked_at) <= @before ORDER BY q.asked_at, q.id
            """,
            new { before = before.ToUnixTimeMilliseconds() });

    /// <summary>Decided questions whose photos were delivered after the last update of the post.</summary>
    /// <param name="settled">Finalized before this time.</param>
    /// <param name="recent">Finalized after this time.</param>
    /// <param name="settling">How long after finalizing the post was last changed.</param>
    public static Task<IReadOnlyList<QuestionRow>> SentSinceShownAsync(Session session, DateTimeOffset settled, DateTimeOffset recent, TimeSpan settling) =>
        QuestionTable.ListAsync(
            session,
            """
            WHERE post_state = 'posted' AND state = 'decided' AND kind <> 'identified' AND finalized_at <= @settled AND finalized_at > @recent
                AND COALESCE(posting_at, 0) < finalized_at + @settling
            """,
            new { settled = settled.ToUnixTimeMilliseconds(), recent = recent.ToUnixTimeMilliseconds(), settling = (long)settling.TotalMilliseconds });

    /// <summary>Questions whose post is missing or out of date, oldest first.</summary>
    /// <param name="recent">Identifications older than this are not posted any more.</param>
    /// <param name="settled">A posting call that began before this time has ended.</param>
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

/// <summary>The post of an open question.</summary>
internal sealed record WaitingPost
{
    public QuestionId Id { get; init; }

    public string Channel { get; init; } = "";

    public string Ts { get; init; } = "";

    public long? RemindedAt { get; init; }

    public string TimeZone { get; init; } = "";
}
