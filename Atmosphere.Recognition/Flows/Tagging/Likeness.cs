using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Whether a face can be whom colleagues take it for at all. Several may make the same mistake, with a list of names that lie side by side.</summary>
internal sealed class Likeness(Database database, IFaceCollections collections, IOptions<TaggingOptions> options)
{
    /// <summary>True where the face that is shown looks nothing like the person, and no guardian who registered the person says that it is.</summary>
    public async Task<bool> IsMissingAsync(QuestionRow question, PersonId person, CheckedFace shown, CancellationToken cancellation)
    {
        var least = options.Value.LeastSimilarity;
        if (least == 0 || shown.Similarity >= least)
            return false;

        // Whoever has faces there, and is not even among the nearest, is less like it than all of those.
        if (shown.Similarity is null && (await collections.ListFacesAsync(CollectionId.Of(question.GroupId), person, cancellation)).Count == 0)
            return false;
        return !await database.ReadAsync(session => GuardianSaysSoAsync(session, question, person), cancellation);
    }

    private static async Task<bool> GuardianSaysSoAsync(Session session, QuestionRow question, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM face_tags t
            JOIN guardians g ON g.person_id = t.person_id AND g.role = 'owner' AND t.voter = 'participant:' || g.participant_id
            WHERE t.face_id = @FaceId AND t.verdict = 'is' AND t.person_id = @person AND t.photo_id IS NULL
            """,
            new { question.FaceId, person }) > 0;
}
