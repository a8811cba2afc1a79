using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// Faces of which people agreed that they are not a person: questions that colleagues answered with nobody or visitor, and faces that two voices
/// denied the person's name.
/// </summary>
internal static class KnownStrangers
{
    private const int MostFaces = 2000;

    /// <summary>The vectors of each stranger; a question answered before the person was registered says nothing about them.</summary>
    /// <param name="person">The person they are not.</param>
    /// <param name="model">The model of the vectors.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<Embedding>>> OfAsync(Session session, GroupId group, PersonId person, string model)
    {
        var rows = await session.QueryAsync<Row>(
            $"""
            SELECT q.id AS stranger, e.vector FROM questions q
            JOIN persons p ON p.id = @person AND p.created_at < q.decided_at
            JOIN cluster_faces c ON c.cluster_id = q.cluster_id
            JOIN embeddings e ON e.face_id = c.face_id AND e.model = @model
            WHERE q.group_id = @group AND q.state = 'decided' AND q.answer IN ('nobody', 'visitor')
            UNION ALL
            SELECT q.id AS stranger, e.vector FROM questions q
            JOIN persons p ON p.id = @person AND p.created_at < q.decided_at
            JOIN embeddings e ON e.face_id = q.face_id AND e.model = @model
            WHERE q.group_id = @group AND q.state = 'decided' AND q.answer IN ('nobody', 'visitor')
            UNION ALL
            SELECT t.face_id AS stranger, e.vector FROM face_tags t
            JOIN embeddings e ON e.face_id = t.face_id AND e.model = @model
            WHERE t.person_id = @person AND t.verdict = 'is-not'
            GROUP BY t.face_id, e.vector HAVING COUNT(DISTINCT t.voter) > 1
            LIMIT {MostFaces}
            """,
            new { group, person, model });
        return [.. rows.GroupBy(row => row.Stranger).Select(stranger => stranger.Select(row => Embedding.FromBytes(row.Vector)).ToList())];
    }

    private sealed record Row
    {
        public string Stranger { get; init; } = "";

        public byte[] Vector { get; init; } = [];
    }
}
