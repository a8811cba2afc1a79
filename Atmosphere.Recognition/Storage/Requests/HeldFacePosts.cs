using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table held_face_posts: where colleagues are asked about held faces.</summary>
internal static class HeldFacePosts
{
    /// <summary>The post is on its way.</summary>
    public const string Sending = "sending";

    /// <summary>The post is in the channel.</summary>
    public const string Posted = "posted";

    /// <returns>Null if nobody is asked.</returns>
    public static Task<HeldFacePost?> FindAsync(Session session, FaceId face) =>
        session.QuerySingleOrDefaultAsync<HeldFacePost>("SELECT held_id, state, posting_at, channel, ts FROM held_face_posts WHERE held_id = @face", new { face });

    /// <summary>Marks the face as being posted.</summary>
    /// <param name="before">When the attempt that failed began; null: there was none.</param>
    /// <returns>False if another step is posting it, or nobody has to decide any more.</returns>
    public static async Task<bool> BeginAsync(Session session, FaceId face, long? before, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO held_face_posts (held_id, state, posting_at) SELECT id, 'sending', @now FROM held_faces WHERE id = @face AND state = 'waiting'
            ON CONFLICT (held_id) DO UPDATE SET state = 'sending', posting_at = excluded.posting_at WHERE held_face_posts.state <> 'posted' AND held_face_posts.posting_at = @before
            """,
            new { face, before = before ?? -1, now = now.ToUnixTimeMilliseconds() }) > 0;

    public static Task PostedAsync(Session session, FaceId face, string channel, string ts) =>
        session.ExecuteAsync("UPDATE held_face_posts SET state = 'posted', channel = @channel, ts = @ts WHERE held_id = @face", new { face, channel, ts });

    /// <summary>Nobody can tell whether it was posted.</summary>
    public static Task UnknownAsync(Session session, FaceId face) =>
        session.ExecuteAsync("UPDATE held_face_posts SET state = 'unknown' WHERE held_id = @face AND state = 'sending'", new { face });

    public static Task DeleteAsync(Session session, FaceId face) => session.ExecuteAsync("DELETE FROM held_face_posts WHERE held_id = @face", new { face });

    /// <summary>The posts that name a person.</summary>
    public static Task<IReadOnlyList<HeldFacePost>> OfPersonAsync(Session session, PersonId person) =>
        session.QueryAsync<HeldFacePost>(
            """
            SELECT o.held_id, o.state, o.posting_at, o.channel, o.ts FROM held_face_posts o JOIN held_faces h ON h.id = o.held_id
            WHERE h.person_id = @person OR h.like_id = @person
            """,
            new { person });

    /// <summary>Posts about faces that somebody decided about, or that are gone.</summary>
    public static Task<IReadOnlyList<FaceId>> EndedAsync(Session session) =>
        session.QueryAsync<FaceId>(
            "SELECT o.held_id FROM held_face_posts o WHERE NOT EXISTS (SELECT 1 FROM held_faces h WHERE h.id = o.held_id AND h.state = 'waiting') ORDER BY o.posting_at");
}

/// <summary>The post about a held face.</summary>
internal sealed record HeldFacePost
{
    public FaceId HeldId { get; init; }

    /// <summary>sending, posted or unknown.</summary>
    public string State { get; init; } = "";

    public long PostingAt { get; init; }

    public string? Channel { get; init; }

    public string? Ts { get; init; }
}
