using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table face_tags: people's votes on faces.</summary>
internal static class VoteTable
{
    /// <summary>Deletes the votes of an erased voter.</summary>
    /// <returns>The number of deleted votes.</returns>
    public static Task<int> ForgetAsync(Session session, string voter) =>
        session.ExecuteAsync("DELETE FROM face_tags WHERE voter = @voter OR voter LIKE @voter || ' not %'", new { voter });

    /// <summary>Votes on faces that no longer exist.</summary>
    public static DueRows Due { get; } = new(
        "face_tags",
        """
        at <= @before AND photo_id IS NULL AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.face_id = face_tags.face_id)
            AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = face_tags.face_id)
            AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = face_tags.face_id)
        """);

    /// <summary>
    /// Deletes colleagues' denials of the name that is decided now. A guardian's denial of their own child is about one photo, and stays.
    /// </summary>
    public static Task LiftDenialsAsync(Session session, FaceId face, PersonId person) =>
        session.ExecuteAsync(
            """
            DELETE FROM face_tags WHERE verdict = 'is-not' AND person_id = @person
                AND (face_id = @face OR face_id IN (SELECT c.face_id FROM cluster_faces c WHERE c.cluster_id = (SELECT o.cluster_id FROM cluster_faces o WHERE o.face_id = @face)))
                AND (voter LIKE '% not ' || @person
                    OR voter IN (SELECT t.voter FROM face_tags t WHERE t.face_id = @face AND t.verdict = 'is' AND t.person_id = @person AND t.photo_id IS NULL))
                AND NOT EXISTS (SELECT 1 FROM guardians g WHERE g.person_id = @person AND face_tags.voter = 'participant:' || g.participant_id)
            """,
            new { face, person });

    /// <summary>Moves the votes on one face to another, except those of voters who have voted on that face, too.</summary>
    public static async Task MoveAsync(Session session, FaceId from, FaceId to)
    {
        if (from == to)
            return;

        _ = await session.ExecuteAsync(
            """
            UPDATE face_tags SET face_id = @to WHERE face_id = @from AND verdict <> 'is-not' AND photo_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM face_tags o WHERE o.face_id = @to AND o.voter = face_tags.voter)
            """,
            new { from, to });
        _ = await session.ExecuteAsync("DELETE FROM face_tags WHERE face_id = @from AND verdict <> 'is-not' AND photo_id IS NULL", new { from });
    }

    /// <summary>Records that a face is not the person; a repeated call changes nothing.</summary>
    public static async Task DenyAsync(Session session, FaceId face, PersonId person, string voter, DateTimeOffset now)
    {
        await WithdrawalTable.AddAsync(session, WithdrawalKind.NotThisPerson, face.Value, person.Value);
        _ = await session.ExecuteAsync(
            """
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES (@face, @voter, 'is-not', @person, @at)
            ON CONFLICT (face_id, voter) DO UPDATE SET verdict = excluded.verdict, person_id = excluded.person_id, at = excluded.at
            """,
            new { face, person, voter, at = now.ToUnixTimeMilliseconds() });
    }

    /// <summary>Restores an earlier denial that is missing in the database.</summary>
    /// <returns>False if it is there, or the face is not.</returns>
    public static async Task<bool> DenyAgainAsync(Session session, FaceId face, PersonId person, long at) =>
        await session.ExecuteAsync(
            """
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at) SELECT f.id, @voter, 'is-not', @person, @at FROM faces f
            WHERE f.id = @face AND NOT EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = f.id AND t.person_id = @person AND t.verdict = 'is-not')
            """,
            new { face, person, voter = $"log not {person}", at }) > 0;

    /// <summary>Deletes the votes for a name that turned out to be wrong.</summary>
    public static Task ForgetAsync(Session session, FaceId face, PersonId person) =>
        session.ExecuteAsync("DELETE FROM face_tags WHERE face_id = @face AND person_id = @person AND verdict = 'is'", new { face, person });

    /// <summary>The number of humans who vote the same on a face, most votes first. A human with several known voter ids counts once, by the newest vote.</summary>
    /// <param name="channels">The channels whose votes count, such as slack and whatsapp; null or empty: all.</param>
    public static Task<IReadOnlyList<VoteCount>> CountAsync(Session session, FaceId face, IReadOnlyCollection<string>? channels) =>
        session.QueryAsync<VoteCount>(
            """
            SELECT verdict, person_id, COUNT(*) AS number, SUM(CASE WHEN guards IS NULL THEN 1 ELSE 0 END) AS of_others FROM (
                SELECT t.verdict, t.person_id, g.person_id AS guards, ROW_NUMBER() OVER (PARTITION BY COALESCE(t.participant, t.voter) ORDER BY t.at DESC, t.voter) AS age
                FROM (
                    SELECT v.voter, v.verdict, v.person_id, v.at, COALESCE(c.participant_id, CASE WHEN v.voter LIKE 'participant:%' THEN SUBSTR(v.voter, 13) END) AS participant
                    FROM face_tags v LEFT JOIN colleagues c ON c.voter = v.voter
                    WHERE v.face_id = @face AND v.verdict <> 'is-not' AND v.photo_id IS NULL) t
                LEFT JOIN participants p ON p.id = t.participant
                LEFT JOIN guardians g ON g.person_id = t.person_id AND g.participant_id = t.participant
                WHERE @all = 1 OR CASE WHEN t.voter LIKE 'slack:%' THEN 'slack' ELSE p.channel END IN @channels) votes
            WHERE age = 1 GROUP BY verdict, person_id ORDER BY number DESC, verdict, person_id
            """,
            new { face, all = channels is null or { Count: 0 } ? 1 : 0, channels = channels ?? [] });

    /// <summary>Deletes the votes on a held face that was in no group photo.</summary>
    public static Task EndHeldAsync(Session session, FaceId held) =>
        session.ExecuteAsync("DELETE FROM face_tags WHERE face_id = @held AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.id = @held)", new { held });

    /// <summary>When a guardian last voted on an unnamed face.</summary>
    /// <param name="said">is or is-not.</param>
    /// <returns>Null if the face or the person is gone or has changed.</returns>
    public static Task<SaidOfFace?> SaidByGuardianAsync(Session session, PhotoId photo, FaceId face, PersonId person, string said) =>
        session.QuerySingleOrDefaultAsync<SaidOfFace>(
            $"""
            SELECT p.group_id, (SELECT MAX(t.at) FROM face_tags t
                WHERE t.face_id = @face AND t.person_id = @person AND t.verdict = @said AND t.voter LIKE 'participant:%') AS said_at
            FROM faces f JOIN photos p ON p.id = f.photo_id
            JOIN persons c ON c.id = @person AND c.group_id = p.group_id AND c.{Rules.PersonIsLiving}
            WHERE f.id = @face AND p.id = @photo AND f.{Rules.FaceIsUnnamed}
            """,
            new { face, photo, person, said });

    /// <summary>Before a question about a person: deletes votes on the face, except denials and guardians' votes for the person.</summary>
    public static Task KeepGuardiansAsync(Session session, FaceId face, PersonId person) =>
        session.ExecuteAsync(
            "DELETE FROM face_tags WHERE face_id = @face AND verdict <> 'is-not' AND NOT (verdict = 'is' AND person_id = @person AND voter LIKE 'participant:%')",
            new { face, person });

    /// <summary>Copies the guardians' votes from one face to the face shown.</summary>
    /// <returns>The number of copied votes.</returns>
    public static Task<int> CopyGuardiansAsync(Session session, FaceId face, FaceId shown, PersonId person) =>
        session.ExecuteAsync(
            """
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at)
            SELECT @shown, voter, verdict, person_id, at FROM face_tags
            WHERE face_id = @face AND verdict = 'is' AND person_id = @person AND voter LIKE 'participant:%'
            ON CONFLICT (face_id, voter) DO NOTHING
            """,
            new { shown, face, person });

    /// <summary>
    /// Records a colleague's vote. The denial of a guardian is kept, whatever else they answer as a colleague, unless they name the child.
    /// </summary>
    /// <param name="verdict">is, nobody, visitor or cannot-tell.</param>
    /// <returns>False if the voter has given this vote before.</returns>
    public static async Task<bool> VoteAsync(Session session, FaceId face, string voter, string verdict, PersonId? person, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES (@face, @voter, @verdict, @person, @at)
            ON CONFLICT (face_id, voter) DO UPDATE SET verdict = excluded.verdict, person_id = excluded.person_id, at = excluded.at
            WHERE (face_tags.verdict <> excluded.verdict OR face_tags.person_id <> excluded.person_id)
                AND (face_tags.verdict <> 'is-not' OR face_tags.person_id = excluded.person_id)
            """,
            new { face, voter, verdict, person = person?.Value ?? "", at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Records a guardian's vote that a face is the person.</summary>
    /// <returns>False if they have said so before.</returns>
    public static async Task<bool> TeachAsync(Session session, FaceId face, string voter, PersonId person, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES (@face, @voter, 'is', @person, @at)
            ON CONFLICT (face_id, voter) DO UPDATE SET verdict = excluded.verdict, person_id = excluded.person_id, at = excluded.at
            WHERE face_tags.verdict <> excluded.verdict OR face_tags.person_id <> excluded.person_id
            """,
            new { face, voter, person, at = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>Whether the person's owner says that the face is the person.</summary>
    public static async Task<bool> OwnerSaysSoAsync(Session session, FaceId face, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM face_tags t
            JOIN guardians g ON g.person_id = t.person_id AND g.role = 'owner' AND t.voter = 'participant:' || g.participant_id
            WHERE t.face_id = @face AND t.verdict = 'is' AND t.person_id = @person AND t.photo_id IS NULL
            """,
            new { face, person }) > 0;

    /// <summary>For each face, the persons that somebody said it is not.</summary>
    public static async Task<ILookup<FaceId, PersonId>> DenialsAsync(Session session, IEnumerable<FaceId> faces) =>
        (await session.QueryAsync<Denial>(
            "SELECT face_id, person_id FROM face_tags WHERE verdict = 'is-not' AND face_id IN @ids", new { ids = faces.Select(face => face.Value).ToList() }))
            .ToLookup(denial => denial.FaceId, denial => denial.PersonId);

    /// <summary>Deletes the votes on a face that is not to be learned, but keeps the denials.</summary>
    public static Task EndAsync(Session session, FaceId face) =>
        session.ExecuteAsync("DELETE FROM face_tags WHERE face_id = @face AND verdict <> 'is-not'", new { face });

    /// <summary>The votes on a face, oldest first, without votes for persons who are gone.</summary>
    public static Task<IReadOnlyList<VoteRow>> OfFaceAsync(Session session, FaceId face) =>
        session.QueryAsync<VoteRow>(
            $"""
            SELECT t.voter, t.verdict, p.id AS person_id, p.name, t.at FROM face_tags t
            LEFT JOIN persons p ON p.id = t.person_id AND p.{Rules.PersonIsLiving}
            WHERE t.face_id = @face AND t.verdict <> 'is-not' AND t.photo_id IS NULL AND (t.verdict <> 'is' OR p.id IS NOT NULL) ORDER BY t.at, t.voter
            """,
            new { face });

    /// <summary>The voters since a time, most votes first.</summary>
    public static Task<IReadOnlyList<HelperRow>> HelpersAsync(Session session, DateTimeOffset since, int most) =>
        session.QueryAsync<HelperRow>(
            """
            SELECT t.voter, c.name, COUNT(*) AS votes FROM face_tags t LEFT JOIN colleagues c ON c.voter = t.voter
            WHERE t.at >= @since AND t.verdict <> 'is-not' AND EXISTS (SELECT 1 FROM questions q WHERE q.face_id = t.face_id)
            GROUP BY t.voter, c.name ORDER BY votes DESC, t.voter LIMIT @most
            """,
            new { since = since.ToUnixTimeMilliseconds(), most });

    /// <summary>The persons that somebody said a face is not.</summary>
    public static Task<IReadOnlyList<PersonId>> DeniedAsync(Session session, FaceId face) =>
        session.QueryAsync<PersonId>("SELECT person_id FROM face_tags WHERE face_id = @face AND verdict = 'is-not'", new { face });

    /// <summary>Before a photo is reprocessed: stores the position of the face with its votes.</summary>
    public static Task CarryAsync(Session session, PhotoId photo, PlaceRow face) =>
        session.ExecuteAsync(
            "UPDATE face_tags SET photo_id = @photo, x = @X, y = @Y, width = @Width, height = @Height WHERE face_id = @FaceId",
            new { photo, face.X, face.Y, face.Width, face.Height, face.FaceId });

    /// <summary>The positions of the faces whose votes are carried over.</summary>
    public static Task<IReadOnlyList<PlaceRow>> CarriedAsync(Session session, PhotoId photo) =>
        session.QueryAsync<PlaceRow>("SELECT DISTINCT face_id, x, y, width, height FROM face_tags WHERE photo_id = @photo ORDER BY face_id", new { photo });

    /// <summary>Moves carried votes to the face found at the same position.</summary>
    public static Task PlaceAsync(Session session, PhotoId photo, FaceId before, FaceId now) =>
        session.ExecuteAsync(
            """
            UPDATE face_tags SET face_id = @now, photo_id = NULL, x = NULL, y = NULL, width = NULL, height = NULL
            WHERE face_id = @before AND photo_id = @photo AND NOT EXISTS (
                SELECT 1 FROM face_tags o WHERE o.face_id = @now AND o.face_id <> @before AND o.voter = face_tags.voter)
            """,
            new { now, before, photo });
}

/// <summary>The number of equal votes on a face.</summary>
internal sealed record VoteCount
{
    /// <summary>is, nobody, visitor, cannot-tell.</summary>
    public string Verdict { get; init; } = "";

    public string PersonId { get; init; } = "";

    public long Number { get; init; }

    /// <summary>Of these, votes by users who are not guardians of the person.</summary>
    public long OfOthers { get; init; }
}

/// <summary>When a guardian voted on a face, and in which group.</summary>
internal sealed record SaidOfFace
{
    public GroupId GroupId { get; init; }

    /// <summary>Time of the guardian's last vote; null if none is left.</summary>
    public long? SaidAt { get; init; }
}

/// <summary>A vote that a face is not a person.</summary>
internal sealed record Denial
{
    public FaceId FaceId { get; init; }

    public PersonId PersonId { get; init; }
}

/// <summary>A vote on a face.</summary>
internal sealed record VoteRow
{
    public string Voter { get; init; } = "";

    public string Verdict { get; init; } = "";

    public PersonId? PersonId { get; init; }

    public string? Name { get; init; }

    public long At { get; init; }
}

/// <summary>A voter and the number of votes.</summary>
internal sealed record HelperRow
{
    public string Voter { get; init; } = "";

    public string? Name { get; init; }

    public long Votes { get; init; }
}
