using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>Queries about delivered photos.</summary>
public static class Deliveries
{
    /// <summary>The deliveries of a group's photos that wait to be sent one by one, oldest first.</summary>
    public static Task<IReadOnlyList<DeliveryId>> WaitingInAsync(Session session, GroupId group) =>
        session.QueryAsync<DeliveryId>(
            """
            SELECT d.id FROM media_distributions d JOIN photos p ON p.id = d.photo_id
            WHERE p.group_id = @group AND d.state IN ('pending', 'sending') AND d.album IS NULL AND d.held_at IS NULL ORDER BY d.created_at, d.id
            """,
            new { group });

    /// <summary>Whether it is a delivery of a group photo.</summary>
    public static async Task<bool> IsOneAsync(Session session, DeliveryId delivery) =>
        await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM media_distributions WHERE id = @delivery", new { delivery = delivery.Value }) > 0;

    /// <summary>Whether the channel sent the delivery under this message id.</summary>
    public static async Task<bool> IsSentAsAsync(Session session, DeliveryId delivery, string vendorId) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM media_distributions WHERE id = @delivery AND vendor_id = @vendorId", new { delivery = delivery.Value, vendorId }) > 0;

    /// <returns>The delivery that the channel sent under this message id; null if there is none.</returns>
    public static Task<DeliveryId?> SentAsAsync(Session session, string vendorId) =>
        session.QuerySingleOrDefaultAsync<DeliveryId?>("SELECT id FROM media_distributions WHERE vendor_id = @vendorId", new { vendorId });

    /// <summary>Records the channel's message id. Does nothing for an id that is not a delivery of a group photo.</summary>
    public static Task SentAsAsync(Session session, DeliveryId delivery, string vendorId) =>
        session.ExecuteAsync("UPDATE media_distributions SET vendor_id = @vendorId WHERE id = @delivery", new { delivery = delivery.Value, vendorId });

    /// <summary>Records why the channel could not send the photo. Does nothing for an id that is not a delivery of a group photo.</summary>
    /// <param name="reason">A sentence without personal data.</param>
    public static Task FailedForAsync(Session session, DeliveryId delivery, string reason) =>
        session.ExecuteAsync("UPDATE media_distributions SET error = @reason WHERE id = @delivery AND state = 'sending'", new { delivery = delivery.Value, reason });

    /// <summary>Requeues held deliveries after the recipient has written.</summary>
    /// <param name="among">Ids of held messages; only deliveries of group photos count.</param>
    /// <returns>The requeued deliveries.</returns>
    public static async Task<IReadOnlyList<DeliveryId>> ReleaseAsync(Session session, IEnumerable<DeliveryId> among)
    {
        var released = new List<DeliveryId>();
        foreach (var delivery in among)
        {
            if (await session.ExecuteAsync(
                "UPDATE media_distributions SET held_at = NULL WHERE id = @id AND state IN ('pending', 'sending')", new { id = delivery.Value }) > 0)
                released.Add(delivery);
        }

        return released;
    }

    /// <summary>A photo that was sent to the participant: the latest, or the one of a message or photo id.</summary>
    /// <param name="message">The channel's id of the message; null: any.</param>
    /// <param name="photo">Null: any.</param>
    /// <returns>Null if there is none or its picture is deleted.</returns>
    internal static async Task<SentPhoto?> LastAsync(Session session, ParticipantId participant, string? message, PhotoId? photo)
    {
        var condition = (message is null ? "" : " AND d.vendor_id = @message") + (photo is null ? "" : " AND d.photo_id = @photo");
        var rows = await session.QueryAsync<SentPhoto>(
            $"""
            SELECT d.photo_id, d.media, p.received_at, g.time_zone FROM media_distributions d
            JOIN photos p ON p.id = d.photo_id JOIN groups g ON g.id = p.group_id
            WHERE d.participant_id = @participant AND d.{Rules.PhotoIsReceived} AND d.media IS NOT NULL{condition}
            ORDER BY d.created_at DESC, d.sent_at DESC NULLS LAST LIMIT 1
            """,
            new { participant, message, photo = photo?.Value });
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>The participant's own children in a photo, left to right.</summary>
    internal static Task<IReadOnlyList<FaceOfChild>> FacesAsync(Session session, PhotoId photo, ParticipantId participant) =>
        session.QueryAsync<FaceOfChild>(
            $"""
            SELECT f.id, f.photo_id, p.id AS person_id, p.name, f.similarity, f.x, f.y, f.width, f.height
            {DistributionTable.ChildrenOfGuardians} AND f.photo_id = @photo AND g.participant_id = @participant ORDER BY f.x
            """,
            new { photo, participant });

    /// <summary>Whether a face is shown to the participant as their child.</summary>
    internal static async Task<bool> ShowsAsync(Session session, ParticipantId participant, FaceId face, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"SELECT COUNT(*) {DistributionTable.ChildrenOfGuardians} AND f.id = @face AND p.id = @person AND g.participant_id = @participant",
            new { face, person, participant }) > 0;
}

/// <summary>A photo that was sent to a participant.</summary>
internal sealed record SentPhoto
{
    public PhotoId PhotoId { get; init; }

    public MediaKey Media { get; init; }

    public long ReceivedAt { get; init; }

    public string TimeZone { get; init; } = "";
}

/// <summary>A child of a guardian's in a photo. Boxes are pixels of the upright photo.</summary>
internal sealed record FaceOfChild
{
    public FaceId Id { get; init; }

    public PhotoId PhotoId { get; init; }

    public PersonId PersonId { get; init; }

    public string Name { get; init; } = "";

    public float? Similarity { get; init; }

    public float X { get; init; }

    public float Y { get; init; }

    public float Width { get; init; }

    public float Height { get; init; }
}
