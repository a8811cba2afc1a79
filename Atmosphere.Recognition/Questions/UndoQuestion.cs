using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>Undoes a wrong decision, and asks the question again if there is still something to ask.</summary>
internal static class UndoQuestion
{
    /// <param name="move"><see cref="QuestionMove.NotThem"/> or <see cref="QuestionMove.NameRevoked"/>.</param>
    /// <returns>False if nothing is decided any more, for example after a concurrent undo.</returns>
    public static async Task<bool> UndoAsync(Session session, QuestionId question, QuestionMove move, DateTimeOffset now) =>
        await QuestionMoves.FireAsync(session, question, move, now) == MoveVerdict.Moved;

    /// <summary>Asks again in the same post, unless the face is gone or another question has replaced this one.</summary>
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
