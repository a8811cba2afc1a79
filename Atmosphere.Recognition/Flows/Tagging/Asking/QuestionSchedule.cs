using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Tagging.Asking;

/// <summary>
/// Decides when a question is posted. Photos come in bursts, and clusters of one person merge meanwhile, so colleagues are asked a little
/// later. A question about a face similar to that of an open question waits for its answer, which often answers both.
/// </summary>
internal sealed class QuestionSchedule(Database database, IFaceEngine engine, IOptions<TaggingOptions> options, TimeProvider clock)
{
    // Distance between the means of two clusters: mostly nearer for one person, for two persons in 1 of 100 cases. Not used for naming.
    private const float Alike = 0.4f;

    private const int MostFaces = 50;
    private const float WorthAGuess = 86;

    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan _learning = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _look = TimeSpan.FromMinutes(1);

    /// <returns>When to check again; null: it may be posted now.</returns>
    public async Task<DateTimeOffset?> NotBeforeAsync(QuestionRow question, CancellationToken cancellation)
    {
        if (question.Kind is not (QuestionKind.Who or QuestionKind.Which))
            return null;

        var now = clock.GetUtcNow();
        var asked = DateTimeOffset.FromUnixTimeMilliseconds(question.AskedAt);
        if (asked + options.Value.AskAfter is var first && first > now)
            return first;
        return asked + _longest > now && await IsAskedAboutAsync(question, now, cancellation) ? NextLook(now) : null;
    }

    /// <summary>The next whole minute: all questions that wait are looked at together, and the queue is empty between two looks.</summary>
    private static DateTimeOffset NextLook(DateTimeOffset now) => now.AddTicks(_look.Ticks - (now.Ticks % _look.Ticks));

    private async Task<bool> IsAskedAboutAsync(QuestionRow question, DateTimeOffset now, CancellationToken cancellation)
    {
        var before = await database.ReadAsync(
            session => WaitingQuestions.BeforeAsync(session, question, now - _learning),
            cancellation);
        if (before.Count == 0 || await MeanAsync(question, cancellation) is not { } own)
            return false;
        // The faces learned from one answer may answer the other question.
        if (await database.ReadAsync(session => SearchTable.HaveOneGuessAsync(session, question.FaceId, before.Select(other => other.FaceId), WorthAGuess), cancellation))
            return true;

        foreach (var other in before)
        {
            if (await MeanAsync(other, cancellation) is { } mean && mean.DistanceTo(own) <= Alike)
                return true;
        }

        return false;
    }

    private async Task<Embedding?> MeanAsync(QuestionRow question, CancellationToken cancellation)
    {
        var vectors = await database.ReadAsync(
            session => EmbeddingTable.OfClusterOfAsync(session, question.FaceId, engine.Model, MostFaces),
            cancellation);
        return vectors.Count == 0 ? null : Embedding.Mean([.. vectors.Select(vector => Embedding.FromBytes(vector))]);
    }
}
