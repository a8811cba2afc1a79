using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Questions by the face shown, and by its name.</summary>
internal static class QuestionsOfFace
{
    /// <summary>The open question that shows a face; null if there is none.</summary>
    public static async Task<QuestionRow?> OpenAsync(Session session, FaceId face)
    {
        var open = await QuestionTable.ListAsync(session, "WHERE face_id = @face AND state IN ('asked', 'voting')", new { face });
        return open.Count > 0 ? open[0] : null;
    }

    /// <summary>Whether colleagues were ever asked about the face.</summary>
    public static async Task<bool> WasAskedAsync(Session session, FaceId face) =>
        (await QuestionTable.ListAsync(session, "WHERE face_id = @face AND kind <> 'identified'", new { face })).Count > 0;

    /// <summary>Whether colleagues were asked since a time to check that a face is the person.</summary>
    /// <param name="since">Milliseconds since 1970.</param>
    public static async Task<bool> WasCheckedAsync(Session session, FaceId face, PersonId person, long since) =>
        (await QuestionTable.ListAsync(session, "WHERE face_id = @face AND kind = 'check' AND about_id = @person AND asked_at >= @since", new { face, person, since })).Count > 0;

    /// <summary>Open questions whose face has a name.</summary>
    /// <param name="faces">Only these faces; null: all.</param>
    public static Task<IReadOnlyList<NamedQuestion>> OpenWithNameAsync(Session session, IReadOnlyCollection<FaceId>? faces) =>
        session.QueryAsync<NamedQuestion>(
            $"""
            SELECT q.id, f.person_id FROM questions q JOIN faces f ON f.id = q.face_id AND f.{Rules.FaceIsNamed} AND f.person_id IS NOT NULL
            WHERE q.state IN ('asked', 'voting') {(faces is null ? "" : "AND f.id IN @ids")}
            """,
            new { ids = (faces ?? []).Select(face => face.Value) });

    /// <summary>The question, if it still names an existing person for the face; otherwise null.</summary>
    public static Task<UndoneQuestion?> FindNamedAsync(Session session, QuestionId question, PersonId person) =>
        session.QuerySingleOrDefaultAsync<UndoneQuestion>(
            $"""
            SELECT q.id, q.group_id, q.kind, q.cluster_id, q.face_id, q.photo_id, COALESCE(q.decided_at, q.asked_at) AS since FROM questions q
            JOIN persons p ON p.id = q.person_id AND p.{Rules.PersonIsLiving}
            JOIN groups g ON g.id = q.group_id AND g.{Rules.GroupIsActive}
            WHERE q.id = @question AND q.state = 'decided' AND q.answer = 'person' AND q.person_id = @person
                AND (q.kind <> 'identified' OR EXISTS (
                    SELECT 1 FROM faces f WHERE f.id = q.face_id AND f.person_id = @person AND f.{Rules.FaceIsNamed}))
            """,
            new { question, person });

    /// <summary>The notices to colleagues that still state a face's name.</summary>
    public static Task<IReadOnlyList<QuestionId>> IdentifiedAsync(Session session, FaceId face) =>
        session.QueryAsync<QuestionId>("SELECT id FROM questions WHERE face_id = @face AND kind = 'identified' AND state = 'decided'", new { face });

    /// <summary>Whether the question's face still exists, and no other question asks about it or its cluster.</summary>
    public static async Task<bool> CanBeAskedAgainAsync(Session session, QuestionId question, ClusterId? cluster) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM questions q JOIN faces f ON f.id = q.face_id JOIN photos p ON p.id = f.photo_id AND p.expired_at IS NULL
            WHERE q.id = @question AND NOT EXISTS (
                SELECT 1 FROM questions o WHERE o.id <> q.id AND o.state IN ('asked', 'voting')
                    AND (o.face_id = q.face_id OR (@cluster IS NOT NULL AND o.cluster_id = @cluster)))
            """,
            new { question, cluster = cluster?.Value }) > 0;

    /// <summary>Questions that ended because a search named the face.</summary>
    public static Task<IReadOnlyList<QuestionRow>> AnsweredByNameAsync(Session session, FaceId face, PersonId person) =>
        QuestionTable.ListAsync(
            session,
            """
            WHERE kind <> 'identified' AND state = 'decided' AND answer = 'person' AND person_id = @person AND trained_at IS NULL
                AND (face_id = @face OR EXISTS (SELECT 1 FROM question_faces n WHERE n.question_id = questions.id AND n.face_id = @face))
            """,
            new { person, face });

    /// <summary>
    /// Whether people's answers rule out this person for a face. Answers outweigh a search: the face has a name or none, and a face that
    /// colleagues who knew the person called a visitor is not the person.
    /// </summary>
    public static async Task<bool> ContradictsAsync(Session session, FaceId face, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM face_tags WHERE face_id = @face
                AND ((verdict = 'is-not' AND person_id = @person) OR (verdict = 'is' AND person_id <> @person) OR verdict = 'nobody')
            """,
            new { face, person }) > 0
        || await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM questions q JOIN persons p ON p.id = @person
            WHERE q.state = 'decided' AND q.answer IN ('nobody', 'visitor') AND p.created_at < q.decided_at
                AND (q.face_id = @face OR q.cluster_id IN (SELECT c.cluster_id FROM cluster_faces c WHERE c.face_id = @face))
            """,
            new { face, person }) > 0;

    /// <summary>Questions that name the person, ask about one of the faces, or currently suggest the person.</summary>
    public static Task<IReadOnlyList<QuestionRow>> AboutAsync(Session session, PersonId person, IEnumerable<FaceId> faces) =>
        QuestionTable.ListAsync(
            session,
            """
            WHERE face_id IN @ids OR person_id = @person OR about_id = @person
                OR EXISTS (SELECT 1 FROM face_tags t WHERE t.face_id = questions.face_id AND t.person_id = @person)
                OR (state IN ('asked', 'voting') AND EXISTS (SELECT 1 FROM candidates c WHERE c.person_id = @person AND (c.face_id = questions.face_id
                    OR c.face_id IN (SELECT f.face_id FROM cluster_faces f WHERE f.cluster_id = questions.cluster_id))))
            """,
            new { person, ids = faces.Select(face => face.Value) });

    public static Task<IReadOnlyList<QuestionRow>> OfPhotoAsync(Session session, PhotoId photo) => QuestionTable.ListAsync(session, "WHERE photo_id = @photo", new { photo });

    /// <summary>Open questions whose face was deleted, except for photos being reprocessed, which find their faces again.</summary>
    public static Task<IReadOnlyList<QuestionRow>> WithoutFaceAsync(Session session) =>
        QuestionTable.ListAsync(
            session,
            """
            WHERE state IN ('asked', 'voting') AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = questions.face_id)
                AND NOT EXISTS (SELECT 1 FROM photos p WHERE p.id = questions.photo_id AND p.state IN ('unprocessed', 'processing'))
            ORDER BY asked_at, id
            """);
}

/// <summary>A question whose face has a name.</summary>
internal sealed record NamedQuestion
{
    public QuestionId Id { get; init; }

    public PersonId PersonId { get; init; }
}
