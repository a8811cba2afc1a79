using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table faces: the records that assign persons to faces.</summary>
internal static class FaceTable
{
    /// <summary>The verdict with which parents get the photo.</summary>
    public const string Named = "named";

    /// <summary>The verdict of a face that could not be processed.</summary>
    public const string Refused = "refused";

    /// <summary>Creates the record of a detected face.</summary>
    /// <returns>False if it exists already or the photo is gone.</returns>
    public static async Task<bool> AddAsync(Session session, FaceId face) =>
        await session.ExecuteAsync(
            """
            INSERT INTO faces (id, photo_id, x, y, width, height, score, verdict)
            SELECT b.face_id, b.photo_id, b.x, b.y, b.width, b.height, b.score, 'undecided'
            FROM bounding_boxes b JOIN photos p ON p.id = b.photo_id WHERE b.face_id = @face
            ON CONFLICT (id) DO NOTHING
            """,
            new { face }) > 0;

    public static Task<FaceRow?> FindAsync(Session session, FaceId face) =>
        session.QuerySingleOrDefaultAsync<FaceRow>("SELECT id, photo_id, person_id, verdict FROM faces WHERE id = @face", new { face });

    /// <summary>Records an unconfirmed suggestion that the face is the person.</summary>
    /// <returns>False if it was suggested before or the face is decided.</returns>
    public static async Task<bool> SuggestAsync(Session session, FaceId face, PersonId person) =>
        await session.ExecuteAsync(
            "UPDATE faces SET person_id = @person WHERE id = @face AND person_id IS NULL AND decided_at IS NULL", new { face, person }) > 0;

    /// <summary>Decides a face, once.</summary>
    /// <param name="person">The person or candidate; null for nobody.</param>
    /// <param name="similarity">0..100, if there is a person.</param>
    /// <param name="verdict">named, uncertain, nobody or refused.</param>
    /// <returns>False if the face is decided already or gone.</returns>
    public static async Task<bool> DecideAsync(
        Session session, FaceId face, PersonId? person, float? similarity, string verdict, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE faces SET person_id = @person, similarity = @similarity, verdict = @verdict, decided_at = @now
            WHERE id = @face AND decided_at IS NULL
            """,
            new { face, person, similarity, verdict, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Makes a name from a search uncertain, to be asked about. A name given by people stays.</summary>
    /// <returns>False if it has no name from a search.</returns>
    public static async Task<bool> DoubtAsync(Session session, FaceId face) =>
        await session.ExecuteAsync(
            $"""
            UPDATE faces SET verdict = 'uncertain' WHERE id = @face AND {Rules.FaceIsNamed}
                AND NOT EXISTS (SELECT 1 FROM question_faces q WHERE q.face_id = faces.id)
            """,
            new { face }) > 0;

    /// <summary>Names a face that was decided as nobody or uncertain.</summary>
    /// <returns>False if it has a name, is gone, or is not decided yet.</returns>
    public static async Task<bool> FindLaterAsync(Session session, FaceId face, PersonId person, float similarity, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"""
            UPDATE faces SET person_id = @person, similarity = @similarity, verdict = 'named', decided_at = @now
            WHERE id = @face AND {Rules.FaceIsUnnamed} AND decided_at IS NOT NULL
            """,
            new { face, person, similarity, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The decided faces of a photo that have no name.</summary>
    public static Task<IReadOnlyList<FaceId>> UnnamedAsync(Session session, PhotoId photo) =>
        session.QueryAsync<FaceId>(
            $"SELECT id FROM faces WHERE photo_id = @photo AND {Rules.FaceIsUnnamed} AND decided_at IS NOT NULL", new { photo });

    /// <summary>Names a face after colleagues' votes. A name occurs once per photo, and a face that has a name keeps it.</summary>
    /// <returns>False if it was not named.</returns>
    public static async Task<bool> TagAsync(Session session, FaceId face, PersonId person, float? similarity, DateTimeOffset now) =>
        await session.ExecuteAsync(
            $"""
            UPDATE faces SET person_id = @person, similarity = @similarity, verdict = 'named', decided_at = COALESCE(decided_at, @now)
            WHERE id = @face AND {Rules.FaceIsUnnamed} AND NOT EXISTS (
                SELECT 1 FROM faces o WHERE o.photo_id = faces.photo_id AND o.person_id = @person AND o.{Rules.FaceIsNamed} AND o.id <> faces.id)
            """,
            new { face, person, similarity, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Whether another face of the photo has the person's name.</summary>
    public static async Task<bool> NamedTwiceAsync(Session session, PhotoId photo, FaceId face, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"SELECT COUNT(*) FROM faces WHERE photo_id = @photo AND person_id = @person AND {Rules.FaceIsNamed} AND id <> @face",
            new { photo, face, person }) > 0;

    /// <summary>Clears a removed person from all faces.</summary>
    public static Task ForgetAsync(Session session, PersonId person) =>
        session.ExecuteAsync(
            "UPDATE faces SET person_id = NULL, similarity = NULL, verdict = CASE verdict WHEN 'refused' THEN verdict ELSE 'nobody' END WHERE person_id = @person",
            new { person });

    /// <summary>The faces of a photo, including those without a record.</summary>
    public static Task<IReadOnlyList<FaceId>> OfPhotoAsync(Session session, PhotoId photo) =>
        session.QueryAsync<FaceId>(
            "SELECT id FROM faces WHERE photo_id = @photo UNION SELECT face_id FROM bounding_boxes WHERE photo_id = @photo", new { photo });

    /// <summary>The picture files of faces.</summary>
    public static Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, IEnumerable<FaceId> faces) =>
        session.QueryAsync<MediaKey>(
            """
            SELECT rectangle FROM faces WHERE id IN @ids AND rectangle IS NOT NULL
            UNION SELECT zoom_in FROM faces WHERE id IN @ids AND zoom_in IS NOT NULL
            """,
            new { ids = faces.Select(face => face.Value).ToList() });

    /// <summary>The faces that have, or are about to get, a person's name.</summary>
    public static Task<IReadOnlyList<FaceInPhoto>> OfPersonAsync(Session session, PersonId person) =>
        session.QueryAsync<FaceInPhoto>(
            "SELECT id AS face_id, photo_id FROM faces WHERE person_id = @person AND verdict IN ('named', 'undecided')", new { person });

    /// <summary>The faces of a photo, except those of unknown people.</summary>
    public static Task<IReadOnlyList<FaceId>> NotUnknownAsync(Session session, PhotoId photo) =>
        session.QueryAsync<FaceId>(
            """
            SELECT a.id FROM (SELECT id FROM faces WHERE photo_id = @photo UNION SELECT face_id FROM bounding_boxes WHERE photo_id = @photo) a
            WHERE NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = a.id AND f.verdict IN ('uncertain', 'nobody'))
            """,
            new { photo });

    // Not while the photo is being processed: an undecided face is deleted with its photo at the latest.
    private const string IsOver =
        """
        p.received_at <= @before AND COALESCE(p.decided_at, p.received_at) <= @before
        AND (p.gate_opened_at IS NOT NULL OR p.distributed_at IS NOT NULL OR p.expired_at IS NOT NULL OR p.state = 'failed')
        """;

    /// <summary>SQL: faces of unknown people whose photo was processed before @before.</summary>
    internal const string UnknownDue =
        $"""
        SELECT b.face_id, b.photo_id FROM photos p JOIN bounding_boxes b ON b.photo_id = p.id
        WHERE {IsOver} AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = b.face_id AND f.verdict IN ('named', 'undecided'))
        UNION ALL SELECT f.id, f.photo_id FROM photos p JOIN faces f ON f.photo_id = p.id
        WHERE {IsOver} AND f.verdict NOT IN ('named', 'undecided')
        """;

    /// <summary>Faces of unknown people whose photo was processed before a time, each once.</summary>
    public static async Task<IReadOnlyList<FaceInPhoto>> UnknownDueAsync(Session session, DateTimeOffset before) =>
        [.. (await session.QueryAsync<FaceInPhoto>(UnknownDue, new { before = before.ToUnixTimeMilliseconds() })).Distinct()];

    /// <summary>Records the colleagues' decision that a face and its cluster are nobody whom they resemble.</summary>
    public static Task NobodyAsync(Session session, FaceId face, ClusterId? cluster) =>
        session.ExecuteAsync(
            """
            UPDATE faces SET verdict = 'nobody', person_id = NULL, similarity = NULL WHERE verdict = 'uncertain' AND (id = @face
                OR id IN (SELECT face_id FROM cluster_faces WHERE cluster_id = @cluster))
            """,
            new { face, cluster = cluster?.Value });

    /// <summary>Removes the person's name from the face.</summary>
    public static Task RefuseAsync(Session session, FaceId face, PersonId person) =>
        session.ExecuteAsync("UPDATE faces SET person_id = NULL, similarity = NULL, verdict = 'nobody' WHERE id = @face AND person_id = @person", new { face, person });

    /// <summary>Removes a name that a search gave; the face may resemble another person.</summary>
    /// <param name="like">The person that it resembles; null: none.</param>
    /// <param name="similarity">0..100, if there is such a person.</param>
    public static Task LoseNameAsync(Session session, FaceId face, PersonId person, PersonId? like, float? similarity) =>
        session.ExecuteAsync(
            $"UPDATE faces SET person_id = @like, similarity = @similarity, verdict = @verdict WHERE id = @face AND person_id = @person AND {Rules.FaceIsNamed}",
            new { like = like?.Value, similarity, verdict = like is null ? "nobody" : "uncertain", face, person });

    /// <summary>The group whose colleagues are asked about a decided face; null: no questions are asked about its photo.</summary>
    public static Task<GroupId?> GroupToAskAsync(Session session, PhotoId photo, FaceId face) =>
        session.QuerySingleOrDefaultAsync<GroupId?>(
            $"""
            SELECT p.group_id FROM photos p JOIN groups g ON g.id = p.group_id AND g.{Rules.GroupIsActive}
            JOIN faces f ON f.photo_id = p.id AND f.id = @face AND f.{Rules.FaceIsUnnamed}
            WHERE p.id = @photo AND p.state = 'processed' AND p.expired_at IS NULL
            """,
            new { photo, face });

    /// <summary>Whether faces of a photo were searched before a person gained or lost faces, or lost their name since.</summary>
    /// <param name="version">The collection version from which searches count as current.</param>
    public static async Task<bool> AreOvertakenAsync(Session session, PhotoId photo, long version) =>
        await session.QuerySingleOrDefaultAsync<long>(
            $"""
            SELECT COUNT(*) FROM faces f JOIN searches s ON s.face_id = f.id
            WHERE f.photo_id = @photo AND f.verdict IN ('nobody', 'uncertain', 'named') AND f.decided_at IS NOT NULL
                AND (s.collection_version < @version OR (f.verdict = 'nobody' AND s.{Rules.FaceIsNamed}))
            """,
            new { photo, version }) > 0;

    /// <summary>The persons named in a photo.</summary>
    public static async Task<HashSet<string>> NamedInAsync(Session session, PhotoId photo) =>
        [.. await session.QueryAsync<string>($"SELECT person_id FROM faces WHERE photo_id = @photo AND {Rules.FaceIsNamed} AND person_id IS NOT NULL", new { photo })];

    /// <summary>A face that a step may have given up; null if the photo is gone.</summary>
    public static Task<RefusedFace?> RefusedAsync(Session session, PhotoId photo, FaceId face) =>
        session.QuerySingleOrDefaultAsync<RefusedFace>(
            """
            SELECT p.state, p.expired_at, f.verdict, (SELECT COUNT(*) FROM bounding_boxes b WHERE b.face_id = @face) AS boxes
            FROM photos p LEFT JOIN faces f ON f.id = @face WHERE p.id = @photo
            """,
            new { photo, face });

    /// <summary>Reopens a refused face for another decision.</summary>
    /// <param name="anew">True: its record is created again, too.</param>
    /// <returns>False if it is not refused.</returns>
    public static async Task<bool> ReopenAsync(Session session, FaceId face, bool anew) =>
        await session.ExecuteAsync(
            anew
                ? "DELETE FROM faces WHERE id = @face AND verdict = 'refused'"
                : "UPDATE faces SET verdict = 'undecided', person_id = NULL, similarity = NULL, decided_at = NULL WHERE id = @face AND verdict = 'refused'",
            new { face }) > 0;

    /// <summary>The faces of a photo, except those that somebody said are not the person.</summary>
    public static Task<IReadOnlyList<FaceRow>> NotDeniedAsync(Session session, PhotoId photo, PersonId person) =>
        session.QueryAsync<FaceRow>(
            """
            SELECT f.id, f.photo_id, f.verdict, f.person_id FROM faces f WHERE f.photo_id = @photo AND NOT EXISTS (
                SELECT 1 FROM face_tags t WHERE t.face_id = f.id AND t.person_id = @person AND t.verdict = 'is-not')
            """,
            new { photo, person });
}

internal sealed record FaceRow
{
    public FaceId Id { get; init; }

    public PhotoId PhotoId { get; init; }

    public PersonId? PersonId { get; init; }

    /// <summary>undecided, named, uncertain, nobody or refused.</summary>
    public string Verdict { get; init; } = "";

    public bool IsOpen => Verdict == "undecided" && PersonId is null;
}

/// <summary>A face in a photo.</summary>
internal sealed record FaceInPhoto
{
    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }
}

/// <summary>A face that a step may have given up, and its photo.</summary>
internal sealed record RefusedFace
{
    public string State { get; init; } = "";

    public long? ExpiredAt { get; init; }

    public string? Verdict { get; init; }

    public long Boxes { get; init; }
}
