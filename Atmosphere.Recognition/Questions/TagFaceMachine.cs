using Atmosphere.Recognition.Domain;
using Stateless;
using static Atmosphere.Recognition.Questions.QuestionMove;

namespace Atmosphere.Recognition.Questions;

/// <summary>The moves of a question.</summary>
public enum QuestionMove
{
    /// <summary>A colleague answers or changes the answer.</summary>
    Vote,

    /// <summary>Enough colleagues give the same answer.</summary>
    EnoughVotes,

    /// <summary>The face got its name without the question, after its person was registered or learned more faces.</summary>
    NamedOtherwise,

    /// <summary>The face engine cannot learn from the faces.</summary>
    EngineRefuses,

    /// <summary>The faces are erased or have expired.</summary>
    FacesGo,

    /// <summary>The person in question is erased.</summary>
    PersonGoes,

    /// <summary>Another question asks about the same person.</summary>
    AskedElsewhere,

    /// <summary>A colleague says "not Maya".</summary>
    NotThem,

    /// <summary>The face lost its name for another reason: a search would no longer give it, or a guardian denies it.</summary>
    NameRevoked,

    /// <summary>An undone question is asked again.</summary>
    AskAgain,
}

/// <summary>
/// A question to colleagues from its first post to its end. Every write of a question's state fires this machine, see
/// <see cref="QuestionMoves"/>; dialogs/tag-face/diagram.mmd is drawn from it.
/// </summary>
public static class TagFaceMachine
{
    /// <summary>The first state of a question: an automatic identification starts as decided, and colleagues can only undo it.</summary>
    public static QuestionState Start(QuestionKind kind) => kind == QuestionKind.Identified ? QuestionState.Decided : QuestionState.Asked;

    /// <param name="state">The current state.</param>
    public static StateMachine<QuestionState, QuestionMove> Create(QuestionState state)
    {
        var machine = new StateMachine<QuestionState, QuestionMove>(state);
        machine.OnUnhandledTrigger((at, move) => throw new IllegalMoveException(at, move));

        machine.Configure(QuestionState.Asked)
            .Permit(Vote, QuestionState.Voting)
            .Permit(EnoughVotes, QuestionState.Decided)
            .Permit(NamedOtherwise, QuestionState.Decided)
            .Permit(EngineRefuses, QuestionState.Refused)
            .Permit(FacesGo, QuestionState.Expired)
            .Permit(PersonGoes, QuestionState.Expired)
            .Permit(AskedElsewhere, QuestionState.Expired);

        machine.Configure(QuestionState.Voting)
            .PermitReentry(Vote)
            .Permit(EnoughVotes, QuestionState.Decided)
            .Permit(NamedOtherwise, QuestionState.Decided)
            .Permit(EngineRefuses, QuestionState.Refused)
            .Permit(FacesGo, QuestionState.Expired)
            .Permit(PersonGoes, QuestionState.Expired)
            .Permit(AskedElsewhere, QuestionState.Expired);

        machine.Configure(QuestionState.Decided)
            .Permit(NotThem, QuestionState.Undone)
            .Permit(NameRevoked, QuestionState.Undone)
            .Permit(EngineRefuses, QuestionState.Refused);

        machine.Configure(QuestionState.Undone)
            .Permit(AskAgain, QuestionState.Asked);

        machine.Configure(QuestionState.Refused);
        machine.Configure(QuestionState.Expired);
        return machine;
    }

    /// <summary>The state after a move.</summary>
    /// <exception cref="IllegalMoveException">The state does not permit the move.</exception>
    public static QuestionState Fire(QuestionState state, QuestionMove move)
    {
        var machine = Create(state);
        machine.Fire(move);
        return machine.State;
    }

    public static bool Permits(QuestionState state, QuestionMove move) => Create(state).CanFire(move);

    /// <summary>Whether colleagues may answer, or change their answer.</summary>
    public static bool TakesVotes(QuestionState state) => Permits(state, Vote);

    /// <summary>Whether a colleague may undo the decision.</summary>
    public static bool CanBeUndone(QuestionState state) => Permits(state, NotThem);
}

/// <summary>A move that the state of the question does not permit; see dialogs/tag-face/diagram.mmd.</summary>
public sealed class IllegalMoveException(QuestionState state, QuestionMove move)
    : InvalidOperationException($"A question that is {state.ToString().ToLowerInvariant()} does not permit the move {move}.")
{
    public QuestionState State { get; } = state;

    public QuestionMove Move { get; } = move;
}
