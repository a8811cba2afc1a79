using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>What was decided was wrong: the question is undone, and asked once more where there is still something to ask.</summary>
internal static class UndoQuestion
{
    /// <param name="move"><see cref="QuestionMove.NotThem"/> or <see cref="QuestionMove.NameRevoked"/>.</param>
    /// <returns>False where nothing is decided any more: somebody was quicker.</returns>
    public static async Task<bool> UndoAsync(Session session, QuestionId question, QuestionMove move, DateTimeOffset now) =>
        await QuestionMoves.FireAsync(session, question, move, now) == MoveVerdict.Moved;

    /// <summary>Asks once more, in the same post; not about a face that is gone, and not where another question has taken its place.</summary>
    public static async Task AskAgainAsync(Session session, QuestionId question, ClusterId? cluster, DateTimeOffset now)
    {
        // A question that is not asked again must not keep others from asking about its cluster.
        if (!await QuestionsOfFace.CanBeAskedAgainAsync(session, question, cluster)
            || !await QuestionTable.RestartAsync(session, question, cluster, now)
            || await QuestionMoves.FireAsync(session, question, QuestionMove.AskAgain, now, QuestionOutcome.Open) != MoveVerdict.Moved)
        {
            await QuestionsOfCluster.LeaveAsync(session, question);
        }
    }
}
