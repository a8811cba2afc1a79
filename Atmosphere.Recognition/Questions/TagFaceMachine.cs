using Atmosphere.Recognition.Domain;
using Stateless;
using static Atmosphere.Recognition.Questions.QuestionMove;

namespace Atmosphere.Recognition.Questions;

/// <summary>What happens to a question.</summary>
public enum QuestionMove
{
    /// <summary>A colleague answers, or answers something else than before.</summary>
    Vote,

    /// <summary>Enough colleagues give the same answer.</summary>
    EnoughVotes,

    /// <summary>The face got its name without the question: its person was taught, or registered.</summary>
    NamedOtherwise,

    /// <summary>The face engine cannot learn from the faces.</summary>
    EngineRefuses,

    /// <summary>The faces are erased, or are no longer kept.</summary>
    FacesGo,

    /// <summary>The person whom it asks about is erased.</summary>
    PersonGoes,

    /// <summary>Another question asks about the same person.</summary>
    AskedElsewhere,

    /// <summary>A colleague says "not Maya".</summary>
    NotThem,

    /// <summary>The face lost the name for another reason: a search would not give it any more, or its guardian denies it.</summary>
    NameRevoked,

    /// <summary>A question that was undone is asked once more.</summary>
    AskAgain,
}

/// <summary>
/// A question to colleagues from its first post to its end. Every write of a question's state fires this machine, see
/// <see cref="QuestionMoves"/>; dialogs/tag-face/diagram.mmd is drawn from it.
/// </summary>
public static class TagFaceMachine
{
    /// <summary>Where a question begins: what was identified is decided already, and colleagues can only undo it.</summary>
    public static QuestionState Start(QuestionKind kind) => kind == QuestionKind.Identified ? QuestionState.Decided : QuestionState.Asked;

    /// <param name="state">Where the question stands.</param>
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

    /// <summary>Where a move leads.</summary>
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

    /// <summary>Whether a colleague may undo what was decided.</summary>
    public static bool CanBeUndone(QuestionState state) => Permits(state, NotThem);
}

/// <summary>A move that the state of the question does not permit; see dialogs/tag-face/diagram.mmd.</summary>
public sealed class IllegalMoveException(QuestionState state, QuestionMove move)
    : InvalidOperationException($"A question that is {state.ToString().ToLowerInvariant()} does not permit the move {move}.")
{
    public QuestionState State { get; } = state;

    public QuestionMove Move { get; } = move;
}
