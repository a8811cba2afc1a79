using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Faces that the search named, or might name after more was learned.</summary>
internal static class FacesNamedBySearch
{
    /// <summary>SQL for a face f: its name was not given by colleagues' votes.</summary>
    private const string BySearch =
        $"""
        f.{Rules.FaceIsNamed} AND f.person_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM questions q WHERE q.state = 'decided' AND q.answer = 'person' AND q.person_id = f.person_id AND q.trained_at IS NOT NULL
                AND (q.face_id = f.id OR EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = q.id AND n.face_id = f.id)))
        """;

    /// <summary>A page of photos in which searches gave the person's name since a time: oldest first, then by id.</summary>
    public static Task<IReadOnlyList<PhotoAt>> PhotosNamedBySearchAsync(Session session, GroupId group, PersonId person, DateTimeOffset since, PhotoAt from, int most) =>
        session.QueryAsync<PhotoAt>(
            $"""
            SELECT p.id, p.received_at FROM photos p
            WHERE p.group_id = @group AND p.received_at >= @ReceivedAt AND (p.received_at > @ReceivedAt OR p.id > @Id) AND p.expired_at IS NULL
                AND EXISTS (SELECT 1 FROM faces f WHERE f.photo_id = p.id AND f.person_id = @person AND f.decided_at >= @since AND {BySearch})
            ORDER BY p.received_at, p.id LIMIT @most
            """,
            new { group, person, since = since.ToUnixTimeMilliseconds(), from.ReceivedAt, from.Id, most });

    /// <summary>A page of distributed photos with unnamed faces: oldest first, then by id.</summary>
    public static Task<IReadOnlyList<PhotoAt>> PhotosWithUnnamedAsync(Session session, GroupId group, PhotoAt from, int most) =>
        session.QueryAsync<PhotoAt>(
            $"""
            SELECT p.id, p.received_at FROM photos p
            WHERE p.group_id = @group AND p.received_at >= @ReceivedAt AND (p.received_at > @ReceivedAt OR p.id > @Id)
                AND p.state IN ('processed', 'degraded') AND p.expired_at IS NULL AND p.media IS NOT NULL AND p.gate_opened_at IS NOT NULL
                AND EXISTS (SELECT 1 FROM faces f WHERE f.photo_id = p.id AND f.{Rules.FaceIsUnnamed})
            ORDER BY p.received_at, p.id LIMIT @most
            """,
            new { group, from.ReceivedAt, from.Id, most });

    /// <summary>Faces of a photo that searches named since a time.</summary>
    /// <param name="person">The name; null: all names given by a search before the group's <c>matching_version</c>.</param>
    public static Task<IReadOnlyList<FaceRow>> NamedBySearchAsync(Session session, PhotoId photo, PersonId? person, DateTimeOffset since) =>
        session.QueryAsync<FaceRow>(
            $"""
            SELECT f.id, f.photo_id, f.person_id, f.verdict FROM faces f
            JOIN photos p ON p.id = f.photo_id AND p.expired_at IS NULL JOIN groups g ON g.id = p.group_id AND g.{Rules.GroupIsActive}
            WHERE f.photo_id = @photo AND f.decided_at >= @at AND {BySearch}
                AND {(person is null
                    ? "EXISTS (SELECT 1 FROM searches s WHERE s.face_id = f.id AND s.collection_version < g.matching_version)"
                    : "f.person_id = @person")}
            """,
            new { photo, person = person?.Value, at = since.ToUnixTimeMilliseconds() });

    /// <summary>Faces that have no name, or this person's name.</summary>
    public static Task<IReadOnlyList<FaceToName>> ToNameAsync(Session session, IEnumerable<FaceId> faces, PersonId person) =>
        session.QueryAsync<FaceToName>(
            $"""
            SELECT f.id, f.photo_id,
                (SELECT COUNT(*) FROM faces o WHERE o.photo_id = f.photo_id AND o.person_id = @person AND o.{Rules.FaceIsNamed} AND o.id <> f.id) AS named_in_photo
            FROM faces f WHERE f.id IN @ids AND (f.{Rules.FaceIsUnnamed} OR (f.{Rules.FaceIsNamed} AND f.person_id = @person))
            """,
            new { ids = faces.Select(face => face.Value).ToList(), person });
}

/// <summary>A face that may be given a name.</summary>
internal sealed record FaceToName
{
    public FaceId Id { get; init; }

    public PhotoId PhotoId { get; init; }

    /// <summary>The number of other faces in its photo with the person's name.</summary>
    public long NamedInPhoto { get; init; }

    /// <summary>Persons that somebody said the face is not.</summary>
    public IReadOnlyList<PersonId> Denied { get; init; } = [];
}
