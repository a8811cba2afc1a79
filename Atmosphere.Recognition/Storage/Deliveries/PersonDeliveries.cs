using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>Deliveries caused by one person alone: to guardians who have no other child in the photo.</summary>
internal static class PersonDeliveries
{
    private const string Alone =
        $"""
        photo_id IN (SELECT f.photo_id FROM faces f WHERE f.person_id = @person)
            AND participant_id IN (SELECT g.participant_id FROM guardians g WHERE g.person_id = @person)
            AND NOT EXISTS (
                SELECT 1 FROM faces f JOIN guardians g ON g.person_id = f.person_id
                WHERE f.photo_id = media_distributions.photo_id AND f.{Rules.FaceIsNamed} AND f.person_id <> @person
                    AND g.participant_id = media_distributions.participant_id)
        """;

    /// <summary>Withholds all open deliveries of the person.</summary>
    public static Task WithholdAsync(Session session, PersonId person) =>
        session.ExecuteAsync(
            $"UPDATE media_distributions SET state = 'withheld', error = 'The person is removed.' WHERE state IN ('pending', 'sending') AND {Alone}",
            new { person });

    /// <summary>Withholds the person's open deliveries to one guardian.</summary>
    public static Task WithholdAsync(Session session, PersonId person, ParticipantId guardian) =>
        session.ExecuteAsync(
            $"""
            UPDATE media_distributions SET state = 'withheld', error = 'The guardian has left.'
            WHERE participant_id = @guardian AND state IN ('pending', 'sending') AND {Alone}
            """,
            new { person, guardian });

    /// <summary>The pictures that were sent to nobody else.</summary>
    public static Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, PersonId person) =>
        session.QueryAsync<MediaKey>(
            $"""
            SELECT DISTINCT media FROM media_distributions WHERE media IS NOT NULL AND {Alone}
                AND NOT EXISTS (
                    SELECT 1 FROM media_distributions other WHERE other.media = media_distributions.media AND other.id NOT IN (
                        SELECT id FROM media_distributions WHERE {Alone}))
            """,
            new { person });

    /// <returns>The number of deleted rows.</returns>
    public static Task<int> DeleteAsync(Session session, PersonId person) =>
        session.ExecuteAsync($"DELETE FROM media_distributions WHERE {Alone}", new { person });

    /// <summary>Photos that were sent to a participant and still exist, newest first.</summary>
    public static Task<IReadOnlyList<PhotoTheyGot>> SentAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<PhotoTheyGot>(
            // Metadata may be exported even after an opt-out; the picture only while the participant may still have it.
            $"""
            SELECT d.sent_at, g.name, CASE WHEN EXISTS (
                    SELECT 1 {DistributionTable.ChildrenOfAllGuardians} AND f.photo_id = d.photo_id AND g.participant_id = d.participant_id) THEN d.media END AS media
            FROM media_distributions d JOIN photos p ON p.id = d.photo_id JOIN groups g ON g.id = p.group_id
            WHERE d.participant_id = @participant AND d.media IS NOT NULL AND d.sent_at IS NOT NULL ORDER BY d.sent_at DESC, d.id
            """,
            new { participant });
}

/// <summary>A photo that was sent to a participant.</summary>
internal sealed record PhotoTheyGot
{
    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long SentAt { get; init; }

    /// <summary>Name of the group.</summary>
    public string Name { get; init; } = "";

    /// <summary>Null if the participant may no longer have the picture.</summary>
    public MediaKey? Media { get; init; }
}
