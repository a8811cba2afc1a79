using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>
/// When a question is shown. Photos come in bursts, and the clusters of one person become one while they come: colleagues are asked a little
/// later. Who looks like somebody that is asked about already waits for that answer, which often answers both.
/// </summary>
internal sealed class AskingInTurn(Database database, IFaceEngine engine, IOptions<TaggingOptions> options, TimeProvider clock)
{
    // Between the means of two clusters: of one person mostly nearer, of two in one of a hundred cases. Nobody is named by it.
    private const float Alike = 0.4f;

    private const int MostFaces = 50;
    private const float WorthAGuess = 86;

    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan _learning = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _look = TimeSpan.FromMinutes(1);

    /// <returns>When to look again; null: it may be shown now.</returns>
    public async Task<DateTimeOffset?> NotBeforeAsync(QuestionRow question, CancellationToken cancellation)
    {
        if (question.Kind is not (QuestionKind.Who or QuestionKind.Which))
            return null;

        var now = clock.GetUtcNow();
        var asked = DateTimeOffset.FromUnixTimeMilliseconds(question.AskedAt);
        if (asked + options.Value.AskAfter is var first && first > now)
            return first;
        return asked + _longest > now && await IsAskedAboutAsync(question, now, cancellation) ? now + _look : null;
    }

    private async Task<bool> IsAskedAboutAsync(QuestionRow question, DateTimeOffset now, CancellationToken cancellation)
    {
        var before = await database.ReadAsync(
            session => QuestionTable.ListAsync(
                session,
                """
                WHERE group_id = @GroupId AND id <> @Id AND kind IN ('who', 'which') AND (
                    (state IN ('asked', 'voting') AND (post_state IS NOT NULL OR asked_at < @AskedAt OR (asked_at = @AskedAt AND id < @Id)))
                    OR (state = 'decided' AND answer = 'person' AND decided_at > @learning))
                """,
                new { question.GroupId, question.Id, question.AskedAt, learning = (now - _learning).ToUnixTimeMilliseconds() }),
            cancellation);
        if (before.Count == 0 || await MeanAsync(question, cancellation) is not { } own)
            return false;
        // What is learned from the one answer may answer the other.
        if (await HaveOneGuessAsync(question, before, cancellation))
            return true;

        foreach (var other in before)
        {
            if (await MeanAsync(other, cancellation) is { } mean && mean.DistanceTo(own) <= Alike)
                return true;
        }

        return false;
    }

    /// <summary>Whether the face is most like somebody whom one of the others is most like, too, as far as that is worth a guess.</summary>
    private async Task<bool> HaveOneGuessAsync(QuestionRow question, IReadOnlyList<QuestionRow> others, CancellationToken cancellation) =>
        await database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<long>(
                """
                SELECT COUNT(*) FROM candidates c JOIN candidates o ON o.person_id = c.person_id AND o.rank = 1 AND o.similarity >= @WorthAGuess
                WHERE c.face_id = @FaceId AND c.rank = 1 AND c.similarity >= @WorthAGuess AND o.face_id IN @faces
                """,
                new { question.FaceId, WorthAGuess, faces = others.Select(other => other.FaceId.Value).ToList() }),
            cancellation) > 0;

    private async Task<Embedding?> MeanAsync(QuestionRow question, CancellationToken cancellation)
    {
        var vectors = await database.ReadAsync(
            session => session.QueryAsync<byte[]>(
                """
                SELECT vector FROM embeddings WHERE model = @Model AND face_id IN (
                    SELECT @FaceId UNION SELECT f.face_id FROM cluster_faces c JOIN cluster_faces f ON f.cluster_id = c.cluster_id WHERE c.face_id = @FaceId)
                LIMIT @MostFaces
                """,
                new { engine.Model, question.FaceId, MostFaces }),
            cancellation);
        return vectors.Count == 0 ? null : Embedding.Mean([.. vectors.Select(vector => Embedding.FromBytes(vector))]);
    }
}
