using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows;

/// <summary>The second sync point of a photo: it goes to the parents when its last face is decided, once.</summary>
internal static class DistributionGate
{
    /// <summary>A face of the photo was decided.</summary>
    /// <param name="verdict">named, uncertain, nobody or refused.</param>
    public static async Task DecidedAsync(Session session, IOutbox outbox, PhotoId photo, string verdict, DateTimeOffset now)
    {
        session.AfterCommit(() => Telemetry.FaceDecided(verdict));
        if (await OpenAsync(session, outbox, photo, now))
            await PhotoSteps.EndedAsync(session, photo, "IdentifyFace", null, now);
    }

    /// <summary>Lets the photo go if no face of it is open any more.</summary>
    /// <returns>True for the one call that does so.</returns>
    public static async Task<bool> OpenAsync(Session session, IOutbox outbox, PhotoId photo, DateTimeOffset now)
    {
        if (!await PhotoTable.OpenGateAsync(session, photo, now))
            return false;

        await outbox.SendAsync(session, new DistributePhoto(photo));
        if (await OvertakenAsync(session, photo) is { } group)
            await outbox.SendAsync(session, new PhotoOvertaken(photo, group));
        return true;
    }

    /// <summary>
    /// Who is taught, or untaught, is looked for in photos whose gate is open. One that opens now, with faces that were searched for before,
    /// was passed by.
    /// </summary>
    /// <returns>The photo's group; null where nobody was taught since.</returns>
    private static async Task<GroupId?> OvertakenAsync(Session session, PhotoId photo)
    {
        // Written though it stays the same: whoever looks again waits until this is committed, or has begun before and is seen here.
        var group = await session.QuerySingleOrDefaultAsync<Row>(
            """
            UPDATE groups SET matching_version = matching_version WHERE id = (SELECT group_id FROM photos WHERE id = @photo)
            RETURNING id, matching_version
            """,
            new { photo });
        if (group is null)
            return null;

        var old = await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM faces f JOIN searches s ON s.face_id = f.id
            WHERE f.photo_id = @photo AND f.verdict IN ('nobody', 'uncertain', 'named') AND f.decided_at IS NOT NULL
                AND (s.collection_version < @MatchingVersion OR (f.verdict = 'nobody' AND s.verdict = 'named'))
            """,
            new { photo, group.MatchingVersion });
        return old > 0 ? group.Id : null;
    }

    private sealed record Row
    {
        public GroupId Id { get; init; }

        public long MatchingVersion { get; init; }
    }
}
