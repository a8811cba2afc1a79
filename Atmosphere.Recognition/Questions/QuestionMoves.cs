using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>The only code that creates questions and changes their state; <see cref="TagFaceMachine"/> decides each move.</summary>
internal static class QuestionMoves
{
    /// <summary>Stores a new question.</summary>
    public static Task AskAsync(Session session, NewQuestion question, DateTimeOffset now) =>
        QuestionStateTable.AddAsync(session, question, TagFaceMachine.Start(question.Kind), now);

    /// <summary>Stores an automatic identification, once per face and person, unless a question shows the name already.</summary>
    /// <returns>False if nothing was stored.</returns>
    public static Task<bool> TellAsync(Session session, QuestionId question, PhotoId photo, FaceId face, PersonId person, DateTimeOffset now) =>
        QuestionStateTable.AddIdentifiedAsync(session, question, photo, face, person, TagFaceMachine.Start(QuestionKind.Identified), now);

    /// <summary>Fires a move from the stored state, and stores the resulting state.</summary>
    /// <param name="outcome">The decision, or why the question ended; null: the stored decision is kept.</param>
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
            // Another transaction has moved it since it was read: the machine decides again from the new state.
        }

        return MoveVerdict.Gone;
    }
}

/// <summary>The result of a move.</summary>
internal enum MoveVerdict
{
    /// <summary>The state changed.</summary>
    Moved,

    /// <summary>The move leads to the current state; nothing is written.</summary>
    Stayed,

    /// <summary>The current state does not permit the move, for example because the question has ended.</summary>
    NotPermitted,

    /// <summary>The question no longer exists.</summary>
    Gone,
}
