using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of searches and candidates: whom faces resemble.</summary>
internal static class SearchTable
{
    /// <summary>How much a face resembles a person, 0..100; null: it was not found.</summary>
    public static Task<float?> SimilarityAsync(Session session, FaceId face, PersonId person) =>
        session.QuerySingleOrDefaultAsync<float?>("SELECT similarity FROM candidates WHERE face_id = @face AND person_id = @person", new { face, person });

    /// <summary>Whom the face resembles, most of all first.</summary>
    public static Task<IReadOnlyList<PersonId>> CandidatesAsync(Session session, FaceId face) =>
        session.QueryAsync<PersonId>("SELECT person_id FROM candidates WHERE face_id = @face ORDER BY rank", new { face });

    /// <summary>The face is not that person, whatever a search said.</summary>
    public static async Task RefuseAsync(Session session, FaceId face, PersonId person)
    {
        _ = await session.ExecuteAsync("DELETE FROM candidates WHERE face_id = @face AND person_id = @person", new { face, person });
        _ = await session.ExecuteAsync("UPDATE searches SET verdict = 'nobody', near_enough = 0 WHERE face_id = @face", new { face });
    }

    /// <summary>Whether a face resembles somebody most whom one of the others resembles most, too.</summary>
    /// <param name="least">Similarity that is worth a guess, 0..100.</param>
    public static async Task<bool> HaveOneGuessAsync(Session session, FaceId face, IEnumerable<FaceId> others, float least) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM candidates c JOIN candidates o ON o.person_id = c.person_id AND o.rank = 1 AND o.similarity >= @least
            WHERE c.face_id = @face AND c.rank = 1 AND c.similarity >= @least AND o.face_id IN @others
            """,
            new { face, least, others = others.Select(other => other.Value).ToList() }) > 0;
}
