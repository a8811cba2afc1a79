using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table media_distributions.</summary>
internal static class DistributionTable
{
    // The one rule for who may get a photo, used for sending and for viewing. The recipient is a member of the photo's group, did not opt
    // out, and has consented as guardian of a person named in the photo, whom a teacher confirmed and whose first matches somebody looked at, if the group requires it. Uncertain faces
    // do not count, nor faces that a guardian said are not the child. A person who is still being connected counts: their faces can be
    // found from the moment they are associated, and what is recognised then must not be lost.
    internal const string ChildrenOfGuardians = ChildrenOfAllGuardians + " AND pt.stopped_at IS NULL";

    /// <summary>The same rule, including guardians who opted out.</summary>
    internal const string ChildrenOfAllGuardians =
        $"""
        FROM faces f
        JOIN photos ph ON ph.id = f.photo_id AND ph.state <> 'erased'
        JOIN groups gr ON gr.id = ph.group_id AND gr.{Rules.GroupIsActive}
        JOIN persons p ON p.id = f.person_id AND p.group_id = ph.group_id AND p.{Rules.PersonIsLiving}
            AND (gr.confirms = 0 OR p.confirmed_at IS NOT NULL) AND {MatchChecks.Passed}
        JOIN guardians g ON g.person_id = p.id
        JOIN consents c ON c.person_id = p.id AND c.participant_id = g.participant_id AND c.{Rules.ConsentStands}
        JOIN group_participants m ON m.group_id = ph.group_id AND m.participant_id = g.participant_id
        JOIN participants pt ON pt.id = g.participant_id
        WHERE f.{Rules.FaceIsNamed}
            AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = f.id AND t.person_id = p.id AND t.verdict = 'is-not')
        """;

    /// <summary>Waiting for the evening album.</summary>
    internal const string Waiting = "waiting";

    /// <summary>The participants who should get the photo and have no delivery of it yet.</summary>
    public static Task<IReadOnlyList<ParticipantId>> MissingAsync(Session session, PhotoId photo) =>
        session.QueryAsync<ParticipantId>(
            $"""
            SELECT DISTINCT g.participant_id {ChildrenOfGuardians} AND f.photo_id = @photo
                AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = @photo AND d.participant_id = g.participant_id
                    AND NOT (d.state = 'withheld' AND d.error = @undone))
            ORDER BY g.participant_id
            """,
            new { photo, undone = Withheld.Undone });

    /// <summary>The participants who opted out, would otherwise get the photo, and have no delivery of it yet.</summary>
    public static Task<IReadOnlyList<ParticipantId>> StoppedAsync(Session session, PhotoId photo) =>
        session.QueryAsync<ParticipantId>(
            $"""
            SELECT DISTINCT g.participant_id {ChildrenOfAllGuardians} AND pt.stopped_at IS NOT NULL AND f.photo_id = @photo
                AND NOT EXISTS (SELECT 1 FROM media_distributions d WHERE d.photo_id = @photo AND d.participant_id = g.participant_id)
            ORDER BY g.participant_id
            """,
            new { photo });

    /// <summary>The names of a participant's children in the photo, left to right; empty without consent.</summary>
    public static Task<IReadOnlyList<PersonName>> ChildrenAsync(Session session, PhotoId photo, ParticipantId participant) =>
        session.QueryAsync<PersonName>(
            $"SELECT p.id, p.name {ChildrenOfGuardians} AND f.photo_id = @photo AND g.participant_id = @participant GROUP BY p.id, p.name ORDER BY MIN(f.x)",
            new { photo, participant });

    /// <returns>False if the participant has a delivery of the photo already.</returns>
    public static async Task<bool> AddAsync(
        Session session, DeliveryId id, PhotoId photo, ParticipantId participant, MediaKey media, DateTimeOffset now, string? album = null, bool foundLater = false)
    {
        // The delivery was withheld because the name was removed by mistake; the face has the name again.
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

    /// <summary>Withholds pending deliveries to participants without another child in the photo; sent ones get the reason.</summary>
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

    /// <summary>Withholds all deliveries of a photo that its author withdrew, except those being sent at this moment.</summary>
    public static Task WithdrawAsync(Session session, PhotoId photo) =>
        session.ExecuteAsync(
            "UPDATE media_distributions SET state = 'withheld', error = @reason, album = NULL, held_at = NULL WHERE photo_id = @photo AND state IN ('pending', 'failed')",
            new { photo, reason = Withheld.Withdrawn });

    /// <summary>Clears the pictures of a withdrawn photo's deliveries.</summary>
    /// <returns>The number of participants who have the photo, or may have it.</returns>
    public static async Task<int> WithoutPicturesAsync(Session session, PhotoId photo)
    {
        _ = await session.ExecuteAsync("UPDATE media_distributions SET media = NULL WHERE photo_id = @photo", new { photo });
        return await session.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM media_distributions WHERE photo_id = @photo AND state IN ('sending', 'sent', 'delivered', 'read', 'unknown')", new { photo });
    }

    /// <summary>Withholds the photo from the participant permanently.</summary>
    public static Task WithholdAsync(Session session, PhotoId photo, ParticipantId participant, string reason, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO media_distributions (id, photo_id, participant_id, state, error, created_at)
            VALUES (@id, @photo, @participant, 'withheld', @reason, @now)
            ON CONFLICT (photo_id, participant_id) DO NOTHING
            """,
            new { id = DeliveryId.New(), photo, participant, reason, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Withholds all deliveries to the participant that are not being sent yet.</summary>
    public static Task WithholdAllAsync(Session session, ParticipantId participant, string reason) =>
        session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'withheld', error = @reason, album = NULL
            WHERE participant_id = @participant AND state = 'pending'
            """,
            new { participant, reason });

    /// <summary>The participant's delivery settings.</summary>
    public static async Task<(bool IsPaused, bool Daily)> WishesAsync(Session session, ParticipantId participant)
    {
        var row = await session.QuerySingleOrDefaultAsync<WishesRow>("SELECT paused_at, album FROM participants WHERE id = @participant", new { participant });
        return (row?.PausedAt is not null, row?.Album == "daily");
    }

    public static Task<DeliveryRow?> FindAsync(Session session, DeliveryId delivery) =>
        session.QuerySingleOrDefaultAsync<DeliveryRow>(
            "SELECT id, photo_id, participant_id, state, media, vendor_id, album, found_later FROM media_distributions WHERE id = @delivery", new { delivery });

    /// <summary>
    /// Sets the state of an open delivery; an ended one stays as it is. A reason given by the channel has priority over ours.
    /// </summary>
    /// <returns>False if nothing was changed.</returns>
    public static async Task<bool> SetAsync(Session session, DeliveryId delivery, DeliveryState state, string? error, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = @to, held_at = NULL,
                error = CASE WHEN @to IN ('failed', 'unknown') THEN COALESCE(error, @error) ELSE @error END,
                sent_at = CASE WHEN @to = 'sent' THEN @now ELSE NULL END
            WHERE id = @delivery AND state IN ('pending', 'sending')
            """,
            new { delivery, to = state.ToString().ToLowerInvariant(), error, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Holds the delivery until the participant writes again, because the channel does not accept it before.</summary>
    public static async Task<bool> HoldAsync(Session session, DeliveryId delivery, string reason, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE media_distributions SET state = 'pending', error = @reason, held_at = @now WHERE id = @delivery AND state IN ('pending', 'sending')",
            new { delivery, reason, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Restarts a delivery that the channel accepted but did not deliver.</summary>
    /// <returns>False if its state was not sent.</returns>
    public static async Task<bool> AgainAsync(Session session, DeliveryId delivery, string? reason) =>
        await session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'pending', error = @reason, sent_at = NULL, vendor_id = NULL, held_at = NULL
            WHERE id = @delivery AND state IN ('sent', 'unknown', 'failed')
            """,
            new { delivery, reason }) > 0;

    /// <summary>Records a delivery report. States only move forwards, and an arrival overrides a failure.</summary>
    /// <returns>False if the report adds nothing new.</returns>
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

    /// <summary>Withholds all deliveries of an ended group's photos.</summary>
    public static Task WithholdAllAsync(Session session, GroupId group) =>
        session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'withheld', error = 'The group has ended.'
            WHERE state IN ('pending', 'sending') AND photo_id IN (SELECT id FROM photos WHERE group_id = @group)
            """,
            new { group });

    /// <summary>Removes a recipient who is being erased from the deliveries.</summary>
    public static Task ForgetRecipientAsync(Session session, ParticipantId participant) =>
        session.ExecuteAsync(
            """
            UPDATE media_distributions SET state = 'withheld', error = 'The recipient is forgotten.'
            WHERE participant_id = @participant AND state IN ('pending', 'sending')
            """,
            new { participant });

    /// <summary>The pictures that were made only for the participant.</summary>
    public static Task<IReadOnlyList<MediaKey>> PicturesAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<MediaKey>(
            """
            SELECT media FROM media_distributions d WHERE participant_id = @participant AND media IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM media_distributions o WHERE o.media = d.media AND o.participant_id <> @participant)
            """,
            new { participant });

    /// <summary>Returns photos that were withheld as near-duplicates of a photo which the participant did not get after all.</summary>
    /// <param name="photos">Photos that the participant may get now.</param>
    /// <returns>Those that were withheld and whose file still exists.</returns>
    public static Task<IReadOnlyList<PhotoId>> TakePassedOverAsync(Session session, IEnumerable<PhotoId> photos, ParticipantId participant) =>
        session.QueryAsync<PhotoId>(
            """
            DELETE FROM media_distributions WHERE photo_id IN @photos AND participant_id = @participant AND state = 'withheld' AND error IN (@burst, @repost)
                AND EXISTS (SELECT 1 FROM photos p WHERE p.id = media_distributions.photo_id AND p.media IS NOT NULL)
            RETURNING photo_id
            """,
            new { photos = photos.Select(photo => photo.Value).ToList(), participant, burst = Withheld.Burst, repost = Withheld.Repost });

    /// <summary>Whether the participant has, or is about to get, one of the photos.</summary>
    public static async Task<bool> HasOneAsync(Session session, ParticipantId participant, IReadOnlyList<PhotoId> photos) =>
        photos.Count > 0 && await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM media_distributions
            WHERE photo_id IN @photos AND participant_id = @participant AND state IN ('pending', 'sending', 'sent', 'delivered', 'read')
            """,
            new { photos = photos.Select(photo => photo.Value), participant }) > 0;

    /// <summary>Reopens a failed delivery for another attempt.</summary>
    public static Task ReopenFailedAsync(Session session, DeliveryId delivery) =>
        session.ExecuteAsync("UPDATE media_distributions SET state = 'pending', error = NULL WHERE id = @delivery AND state = 'failed'", new { delivery });

    /// <summary>Deletes withheld deliveries before a photo is reprocessed: the new faces decide about consent again.</summary>
    public static Task ForgetWithheldAsync(Session session, PhotoId photo) =>
        session.ExecuteAsync("DELETE FROM media_distributions WHERE photo_id = @photo AND state = 'withheld'", new { photo });

    private sealed record WishesRow
    {
        public long? PausedAt { get; init; }

        public string Album { get; init; } = "";
    }
}

/// <summary>Reasons for withholding a photo: the error of a withheld delivery.</summary>
internal static class Withheld
{
    public const string NoConsent = "There is no consent.";
    public const string Stopped = "stopped";
    public const string Paused = "paused";

    /// <summary>The recipient got a photo of nearly the same moment.</summary>
    public const string Burst = "burst";

    /// <summary>The recipient has got the same picture, which was posted before.</summary>
    public const string Repost = "repost";

    /// <summary>The author of the photo deleted it for everyone.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>A guardian said that the face is not the child.</summary>
    public const string NotTheirChild = "not their child";

    /// <summary>A colleague undid the identification. If the face gets the name again, the photo is delivered.</summary>
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

    /// <summary>Null: sent individually; waiting: for the evening album; otherwise the id of its album.</summary>
    public string? Album { get; init; }

    /// <summary>True if the person was found after the photo had been distributed.</summary>
    public bool FoundLater { get; init; }
}
