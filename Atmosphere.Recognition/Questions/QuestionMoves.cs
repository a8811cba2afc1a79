using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>The only way in which a question begins and gets another state: what is stored is where <see cref="TagFaceMachine"/> leads.</summary>
internal static class QuestionMoves
{
    /// <summary>Writes down a question that is to be asked.</summary>
    public static Task AskAsync(Session session, NewQuestion question, DateTimeOffset now) =>
        QuestionStateTable.AddAsync(session, question, TagFaceMachine.Start(question.Kind), now);

    /// <summary>Writes down a name that a face got by itself; once for each face and person, and not where a question tells of the name already.</summary>
    /// <returns>False where nothing is told.</returns>
    public static Task<bool> TellAsync(Session session, QuestionId question, PhotoId photo, FaceId face, PersonId person, DateTimeOffset now) =>
        QuestionStateTable.AddIdentifiedAsync(session, question, photo, face, person, TagFaceMachine.Start(QuestionKind.Identified), now);

    /// <summary>Fires a move at the state that is stored, and stores where it leads.</summary>
    /// <param name="outcome">What is decided, or why it ended; null: what was decided stays to be read.</param>
    public static async Task<MoveVerdict> FireAsync(
        Session session, QuestionId question, QuestionMove move, DateTimeOffset now, QuestionOutcome? outcome = null)
    {
        while (await QuestionStateTable.FindAsync(session, question) is { } from)
        {
            if (!TagFaceMachine.Permits(from, move))
                return MoveVerdict.NotPermitted;

            var to = TagFaceMachine.Fire(from, move);
            if (to == from)
                return MoveVerdict.Stayed;
            if (await QuestionStateTable.MoveAsync(session, question, from, to, outcome, now))
                return MoveVerdict.Moved;
            // Another transaction moved it since it was read: the machine decides again, from there.
        }

        return MoveVerdict.Gone;
    }
}

/// <summary>What became of a move.</summary>
internal enum MoveVerdict
{
    /// <summary>The question has another state.</summary>
    Moved,

    /// <summary>The move leads to the state that the question has; nothing is written.</summary>
    Stayed,

    /// <summary>Its state does not permit the move: somebody was quicker, or it has ended.</summary>
    NotPermitted,

    /// <summary>There is no such question any more.</summary>
    Gone,
}
