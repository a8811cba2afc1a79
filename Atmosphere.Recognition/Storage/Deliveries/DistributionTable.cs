using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of media_distributions.</summary>
internal static class DistributionTable
{
    // The one rule of who may have a photo, for sending as for looking: who is a member of its group, did not opt out, and consents
    // themselves as guardian of somebody who is named in it, whom a teacher confirmed where the group asks for that. Uncertain faces are not
    // for parents, nor is a face of which a guardian said that it is not the child. A person who is still connecting counts: its faces can
    // be found from the moment they are associated, and what is recognised then must not be lost.
    internal const string ChildrenOfGuardians = ChildrenOfAllGuardians + " AND pt.stopped_at IS NULL";

    /// <summary>The same without the wish to be sent nothing any more.</summary>
    internal const string ChildrenOfAllGuardians =
        $"""
        FROM faces f
        JOIN photos ph ON ph.id = f.photo_id
        JOIN groups gr ON gr.id = ph.group_id AND gr.{Rules.GroupIsActive}
        JOIN persons p ON p.id = f.person_id AND p.group_id = ph.group_id AND p.{Rules.PersonIsLiving}
            AND (gr.confirms = 0 OR p.confirmed_at IS NOT NULL)
        JOIN guardians g ON g.person_id = p.id
        JOIN consents c ON c.person_id = p.id AND c.participant_id = g.participant_id AND c.{Rules.ConsentStands}
        JOIN group_participants m ON m.group_id = ph.group_id AND m.participant_id = g.participant_id
        JOIN participants pt ON pt.id = g.participant_id
        WHERE f.{Rules.FaceIsNamed}
            AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = f.id AND t.person_id = p.id AND t.verdict = 'is-not')
        """;

    /// <summary>Waits for the evening.</summary>
    internal const string Waiting = "waiting";

    /// <summary>Who shall get the photo and has no delivery of it yet.</summary>
    public static Task<IReadOnlyList<ParticipantId>> MissingAsync(Session session, PhotoId photo) =>
        session.QueryAsync<ParticipantId>(
            $"""
            SELECT DISTINCT g.participant_id {ChildrenOfGuardians} AND f.photo_id = @photo
                AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = @photo AND d.participant_id = g.participant_id
                    AND NOT (d.state = 'withheld' AND d.error = @undone))
            ORDER BY g.participant_id
            """,
            new { photo, undone = Withheld.Undone });

    /// <summary>Who would get the photo if they had not opted out, and has no delivery of it yet.</summary>
    public static Task<IReadOnlyList<ParticipantId>> StoppedAsync(Session session, PhotoId photo) =>
        session.QueryAsync<ParticipantId>(
            $"""
            SELECT DISTINCT g.participant_id {ChildrenOfAllGuardians} AND pt.stopped_at IS NOT NULL AND f.photo_id = @photo
                AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = @photo AND d.participant_id = g.participant_id)
            ORDER BY g.participant_id
            """,
            new { photo });

    /// <summary>The names of a participant's children in the photo, left to right; none without consent.</summary>
    public static Task<IReadOnlyList<string>> ChildrenAsync(Session session, PhotoId photo, ParticipantId participant) =>
        session.QueryAsync<string>(
            $"SELECT p.name {ChildrenOfGuardians} AND f.photo_id = @photo AND g.participant_id = @participant GROUP BY p.id, p.name ORDER BY MIN(f.x)",
            new { photo, participant });

    /// <returns>False where the participant has a delivery of the photo already.</returns>
    public static async Task<bool> AddAsync(
        Session session, DeliveryId id, PhotoId photo, ParticipantId participant, MediaKey media, DateTimeOffset now, string? album = null, bool foundLater = false)
    {
        // The name was taken from a face by mistake, and it bears it again.
        _ = await session.ExecuteAsync(
            "DELETE FROM media_distributions WHERE photo_id = @photo AND participant_id = @participant AND state = 'withheld' AND error = @undone",
            new { photo, participant, undone = Withheld.Undone });
        return await session.ExecuteAsync(
            """
            INSERT INTO media_distributions (id, photo_id, participant_id, state, media, album, created_at, found_later)
            VALUES (@id, @photo, @participant, 'pending', @media, @album, @now, @later)
            ON CONFLICT (photo_id, participant_id) DO NOTHING
            """,
            new { id, photo, participant, media, album, now = now.ToUnixTimeMilliseconds(), later = foundLater ? 1 : 0 }) > 0;
    }

    /// <summary>Who has no other child in the photo does not get it any more; of those who have it, it is written down.</summary>
    /// <param name="reason">One of <see cref="Withheld"/>.</param>
    public static Task WithdrawAsync(Session session, PhotoId photo, string reason) =>
        session.ExecuteAsync(
            $"""
            UPDATE media_distributions SET error = @reason, album = CASE state WHEN 'pending' THEN NULL ELSE album END,
                state = CASE state WHEN 'pending' THEN 'withheld' ELSE state END
            WHERE photo_id = @photo AND state IN ('pending', 'sent', 'delivered', 'read') AND NOT EXISTS (
                SELECT 1 {ChildrenOfGuardians} AND f.photo_id = media_distributions.photo_id
                    AND g.participant_id = media_distributions.participant_id)
            """,
            new { photo, reason });

    /// <summary>The participant shall not get the photo, now or later.</summary>
    public static Task WithholdAsync(Session session, PhotoId photo, ParticipantId participant, string reason, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO media_distributions (id, photo_id, participant_id, state, error, created_at)
            VALUES (@id, @photo, @participant, 'withheld', @reason, @now)
            ON CONFLICT (photo_id, participant_id) DO NOTHING
            """,
            new { id = DeliveryId.New(), photo, participant, reason, now = now.ToUnixTimeMilliseconds() });

    /// <summary>What was prepared for the participant and not begun to be sent is not sent any more.</summary>
    public static Task WithholdAllAsync(Session session, ParticipantId participant, string reason) =>
        session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'withheld', error = @reason, album = NULL
            WHERE participant_id = @participant AND state = 'pending'
            """,
            new { participant, reason });

    /// <summary>When the participant wishes to have photos.</summary>
    public static async Task<(bool IsPaused, bool Daily)> WishesAsync(Session session, ParticipantId participant)
    {
        var row = await session.QuerySingleOrDefaultAsync<WishesRow>("SELECT paused_at, album FROM participants WHERE id = @participant", new { participant });
        return (row?.PausedAt is not null, row?.Album == "daily");
    }

    public static Task<DeliveryRow?> FindAsync(Session session, DeliveryId delivery) =>
        session.QuerySingleOrDefaultAsync<DeliveryRow>(
            "SELECT id, photo_id, participant_id, state, media, vendor_id, album, found_later FROM media_distributions WHERE id = @delivery", new { delivery });

    /// <summary>Moves an open delivery on; one that has ended stays as it is. The reason that the channel left for its end counts more than ours.</summary>
    /// <returns>False where it stays as it is.</returns>
    public static async Task<bool> SetAsync(Session session, DeliveryId delivery, DeliveryState state, string? error, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = @to, held_at = NULL,
                error = CASE WHEN @to IN ('failed', 'unknown') THEN COALESCE(error, @error) ELSE @error END,
                sent_at = CASE WHEN @to = 'sent' THEN @now ELSE NULL END
            WHERE id = @delivery AND state IN ('pending', 'sending')
            """,
            new { delivery, to = state.ToString().ToLowerInvariant(), error, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The channel takes it only when the participant has written again.</summary>
    public static async Task<bool> HoldAsync(Session session, DeliveryId delivery, string reason, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE media_distributions SET state = 'pending', error = @reason, held_at = @now WHERE id = @delivery AND state IN ('pending', 'sending')",
            new { delivery, reason, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The channel took it and did not deliver it: it begins again.</summary>
    /// <returns>False where it had not ended as sent.</returns>
    public static async Task<bool> AgainAsync(Session session, DeliveryId delivery, string? reason) =>
        await session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'pending', error = @reason, sent_at = NULL, vendor_id = NULL, held_at = NULL
            WHERE id = @delivery AND state IN ('sent', 'unknown', 'failed')
            """,
            new { delivery, reason }) > 0;

    /// <summary>Writes down what the channel reports: forwards only, and that it arrived weighs more than that it failed.</summary>
    /// <returns>False where it is known already, or more is.</returns>
    public static async Task<bool> ReportAsync(
        Session session, DeliveryId delivery, DeliveryState state, string vendorId, string? error, DateTimeOffset now)
    {
        var from = state switch
        {
            DeliveryState.Sent => "'sending', 'unknown'",
            DeliveryState.Delivered => "'sending', 'unknown', 'sent', 'failed'",
            DeliveryState.Read => "'sending', 'unknown', 'sent', 'failed', 'delivered'",
            _ => "'sending', 'unknown', 'sent'",
        };
        return await session.ExecuteAsync(
            $"""
            UPDATE media_distributions SET state = @to, error = @error, vendor_id = @vendorId, held_at = NULL,
                sent_at = CASE WHEN @to = 'failed' THEN NULL ELSE COALESCE(sent_at, @now) END,
                delivered_at = CASE WHEN @to IN ('delivered', 'read') THEN COALESCE(delivered_at, @now) ELSE delivered_at END,
                read_at = CASE WHEN @to = 'read' THEN @now ELSE read_at END
            WHERE id = @delivery AND state IN ({from})
            """,
            new { delivery, to = state.ToString().ToLowerInvariant(), vendorId, error, now = now.ToUnixTimeMilliseconds() }) > 0;
    }

    /// <summary>The group has ended: nothing of its photos is sent any more.</summary>
    public static Task WithholdAllAsync(Session session, GroupId group) =>
        session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'withheld', error = 'The group has ended.'
            WHERE state IN ('pending', 'sending') AND photo_id IN (SELECT id FROM photos WHERE group_id = @group)
            """,
            new { group });

    /// <summary>The recipient is forgotten: nothing is sent to them any more.</summary>
    public static Task ForgetRecipientAsync(Session session, ParticipantId participant) =>
        session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'withheld', error = 'The recipient is forgotten.'
            WHERE participant_id = @participant AND state IN ('pending', 'sending')
            """,
            new { participant });

    /// <summary>The pictures that were made for the participant and went to nobody else.</summary>
    public static Task<IReadOnlyList<MediaKey>> PicturesAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<MediaKey>(
            """
            SELECT media FROM media_distributions d WHERE participant_id = @participant AND media IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM media_distributions o WHERE o.media = d.media AND o.participant_id <> @participant)
            """,
            new { participant });

    /// <summary>SQL: deliveries that wait for the evening.</summary>
    internal const string WaitingForEvening =
        """
        SELECT d.id, d.participant_id, d.created_at, g.time_zone FROM media_distributions d
        JOIN photos p ON p.id = d.photo_id JOIN groups g ON g.id = p.group_id
        WHERE d.album = 'waiting' AND d.state = 'pending'
        """;

    /// <summary>Deliveries that wait for the evening.</summary>
    public static Task<IReadOnlyList<WaitingDelivery>> WaitingAsync(Session session) => session.QueryAsync<WaitingDelivery>(WaitingForEvening);

    /// <summary>What waited for the evening goes out in an album.</summary>
    /// <returns>False where nothing of it waits any more.</returns>
    public static async Task<bool> CloseAlbumAsync(Session session, DeliveryId album, IEnumerable<DeliveryId> deliveries) =>
        await session.ExecuteAsync(
            "UPDATE media_distributions SET album = @album WHERE id IN @deliveries AND album = 'waiting' AND state = 'pending'",
            new { album, deliveries = deliveries.Select(delivery => delivery.Value).ToList() }) > 0;

    /// <summary>What waits for the evening does not wait any more.</summary>
    public static Task<IReadOnlyList<DeliveryId>> ReleaseWaitingAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<DeliveryId>(
            "UPDATE media_distributions SET album = NULL WHERE participant_id = @participant AND album = 'waiting' AND state = 'pending' RETURNING id",
            new { participant });

    /// <summary>The photos of an album that are still to be sent.</summary>
    public static Task<IReadOnlyList<PhotoId>> OfAlbumAsync(Session session, DeliveryId album) =>
        session.QueryAsync<PhotoId>(
            "SELECT photo_id FROM media_distributions WHERE album = @album AND state = 'pending' ORDER BY created_at, id", new { album });

    /// <summary>The photos of an album go out by themselves.</summary>
    /// <returns>Those that are still to be sent, in the order in which they came in.</returns>
    public static async Task<IReadOnlyList<DeliveryId>> OpenAlbumAsync(Session session, DeliveryId album)
    {
        var deliveries = await session.QueryAsync<DeliveryId>(
            """
            SELECT d.id FROM media_distributions d JOIN photos p ON p.id = d.photo_id
            WHERE d.album = @album AND d.state = 'pending' ORDER BY p.received_at, p.id
            """,
            new { album });
        _ = await session.ExecuteAsync("UPDATE media_distributions SET album = NULL WHERE album = @album", new { album });
        return deliveries;
    }

    /// <summary>The participant was passed over for the sake of another photo, which they did not get after all.</summary>
    /// <param name="photos">Those that they may get now.</param>
    /// <returns>Those that were passed over and whose file is there.</returns>
    public static Task<IReadOnlyList<PhotoId>> TakePassedOverAsync(Session session, IEnumerable<PhotoId> photos, ParticipantId participant) =>
        session.QueryAsync<PhotoId>(
            """
            DELETE FROM media_distributions WHERE photo_id IN @photos AND participant_id = @participant AND state = 'withheld' AND error = @burst
                AND EXISTS (SELECT 1 FROM photos p WHERE p.id = media_distributions.photo_id AND p.media IS NOT NULL)
            RETURNING photo_id
            """,
            new { photos = photos.Select(photo => photo.Value).ToList(), participant, burst = Withheld.Burst });

    /// <summary>Whether the participant has one of the photos, or is about to get it.</summary>
    public static async Task<bool> HasOneAsync(Session session, ParticipantId participant, IReadOnlyList<PhotoId> photos) =>
        photos.Count > 0 && await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM media_distributions
            WHERE photo_id IN @photos AND participant_id = @participant AND state IN ('pending', 'sending', 'sent', 'delivered', 'read')
            """,
            new { photos = photos.Select(photo => photo.Value), participant }) > 0;

    /// <summary>It failed, and is to be sent once more.</summary>
    public static Task ReopenFailedAsync(Session session, DeliveryId delivery) =>
        session.ExecuteAsync("UPDATE media_distributions SET state = 'pending', error = NULL WHERE id = @delivery AND state = 'failed'", new { delivery });

    /// <summary>Nobody was asked to send these: whether there is consent is for the photo's new faces to say.</summary>
    public static Task ForgetWithheldAsync(Session session, PhotoId photo) =>
        session.ExecuteAsync("DELETE FROM media_distributions WHERE photo_id = @photo AND state = 'withheld'", new { photo });

    private sealed record WishesRow
    {
        public long? PausedAt { get; init; }

        public string Album { get; init; } = "";
    }
}

/// <summary>Why a photo is not sent to somebody: the error of a withheld delivery.</summary>
internal static class Withheld
{
    public const string NoConsent = "There is no consent.";
    public const string Stopped = "stopped";
    public const string Paused = "paused";

    /// <summary>They have one of nearly the same moment.</summary>
    public const string Burst = "burst";

    /// <summary>They, or another guardian, said that it shows somebody else.</summary>
    public const string NotTheirChild = "not their child";

    /// <summary>A colleague said that it shows somebody else. Should the face get the name again, they get the photo after all.</summary>
    public const string Undone = "undone";
}

internal sealed record DeliveryRow
{
    public DeliveryId Id { get; init; }

    public PhotoId PhotoId { get; init; }

    public ParticipantId ParticipantId { get; init; }

    public DeliveryState State { get; init; }

    public MediaKey? Media { get; init; }

    public string? VendorId { get; init; }

    /// <summary>Null: it goes out by itself; waiting: for the evening; else the album that it goes out with.</summary>
    public string? Album { get; init; }

    /// <summary>Who is in it was found when the photo had gone out.</summary>
    public bool FoundLater { get; init; }
}

/// <summary>A delivery that waits for the evening.</summary>
internal sealed record WaitingDelivery
{
    public DeliveryId Id { get; init; }

    public ParticipantId ParticipantId { get; init; }

    public long CreatedAt { get; init; }

    public string TimeZone { get; init; } = "";
}
