using Atmosphere.Recognition.Domain;
using Stateless;
using static Atmosphere.Bot.Conversations.TagFace.TagFaceTrigger;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>What happens to a question.</summary>
internal enum TagFaceTrigger
{
    /// <summary>A colleague answers.</summary>
    Vote,

    /// <summary>A colleague who answered says something else.</summary>
    ChangeOfMind,

    /// <summary>Enough colleagues say the same.</summary>
    EnoughVotes,

    /// <summary>The faces got their name otherwise: the person was taught, or registered.</summary>
    NamedOtherwise,

    /// <summary>The face engine cannot learn from the faces.</summary>
    EngineRefuses,

    /// <summary>Nobody answered in time.</summary>
    TimePasses,

    /// <summary>The faces were erased, or their time is over.</summary>
    FacesGo,

    /// <summary>Another question asks about the same person.</summary>
    AskedElsewhere,

    /// <summary>A colleague says "not Maya".</summary>
    NotThem,

    /// <summary>What was undone is asked once more.</summary>
    AskAgain,
}

/// <summary>
/// A question to colleagues from its first post to its end. What happens is written down by the steps of the tagging flow; here it is read
/// what may happen, by whoever shows buttons and understands taps.
/// </summary>
internal static class TagFaceMachine
{
    /// <summary>From where to where a question can go, without what leaves it where it is.</summary>
    public static IReadOnlyList<(QuestionState From, QuestionState To)> Moves { get; } =
        [.. Create(QuestionState.Asked).GetInfo().States
            .SelectMany(state => state.FixedTransitions.Select(way => ((QuestionState)state.UnderlyingState, (QuestionState)way.DestinationState.UnderlyingState)))
            .Where(move => move.Item1 != move.Item2).Distinct()];

    /// <param name="state">Where the question stands.</param>
    public static StateMachine<QuestionState, TagFaceTrigger> Create(QuestionState state)
    {
        var machine = new StateMachine<QuestionState, TagFaceTrigger>(() => state, next => state = next);

        machine.Configure(QuestionState.Asked)
            .Permit(Vote, QuestionState.Voting)
            .Permit(EnoughVotes, QuestionState.Decided)
            .Permit(NamedOtherwise, QuestionState.Decided)
            .Permit(EngineRefuses, QuestionState.Refused)
            .Permit(TimePasses, QuestionState.Expired)
            .Permit(FacesGo, QuestionState.Expired)
            .Permit(AskedElsewhere, QuestionState.Expired);

        machine.Configure(QuestionState.Voting)
            .PermitReentry(Vote)
            .PermitReentry(ChangeOfMind)
            .Permit(EnoughVotes, QuestionState.Decided)
            .Permit(NamedOtherwise, QuestionState.Decided)
            .Permit(EngineRefuses, QuestionState.Refused)
            .Permit(TimePasses, QuestionState.Expired)
            .Permit(FacesGo, QuestionState.Expired)
            .Permit(AskedElsewhere, QuestionState.Expired);

        machine.Configure(QuestionState.Decided)
            .Permit(NotThem, QuestionState.Undone)
            .Permit(EngineRefuses, QuestionState.Refused);

        machine.Configure(QuestionState.Undone)
            .Permit(AskAgain, QuestionState.Asked);

        machine.Configure(QuestionState.Refused);
        machine.Configure(QuestionState.Expired);
        return machine;
    }

    /// <summary>Whether colleagues may answer, or say something else than before.</summary>
    public static bool TakesVotes(QuestionState state) => Create(state).CanFire(Vote);

    /// <summary>Whether what was decided may be undone.</summary>
    public static bool CanBeUndone(QuestionState state) => Create(state).CanFire(NotThem);
}
