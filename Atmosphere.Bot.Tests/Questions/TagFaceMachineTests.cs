using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Questions;

public sealed class TagFaceMachineTests
{
    /// <summary>Every state with every move, and where the machine's own configuration says that it leads; null: nowhere.</summary>
    public static TheoryData<QuestionState, QuestionMove, QuestionState?> Pairs
    {
        get
        {
            var pairs = new TheoryData<QuestionState, QuestionMove, QuestionState?>();
            foreach (var (state, move, to) in All)
                pairs.Add(state, move, to);
            return pairs;
        }
    }

    internal static IEnumerable<(QuestionState From, QuestionMove Move, QuestionState? To)> All =>
        from state in Enum.GetValues<QuestionState>()
        from move in Enum.GetValues<QuestionMove>()
        select (state, move, Ways.TryGetValue((state, move), out var to) ? to : default(QuestionState?));

    private static Dictionary<(QuestionState From, QuestionMove Move), QuestionState> Ways { get; } = TagFaceMachine.Create(QuestionState.Asked).GetInfo().States
        .SelectMany(state => state.FixedTransitions, (state, way) => (From: (QuestionState)state.UnderlyingState, Way: way))
        .ToDictionary(one => (one.From, (QuestionMove)one.Way.Trigger.UnderlyingTrigger), one => (QuestionState)one.Way.DestinationState.UnderlyingState);

    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_of_a_question_is_the_one_in_dialogs()
    {
        var drawn = MermaidDiagram.Of(
            TagFaceMachine.Create(QuestionState.Asked), TagFaceMachine.Start(QuestionKind.Who), (TagFaceMachine.Start(QuestionKind.Identified), "Identified"));
        var file = Path.Combine(Dialogs.Folder, "tag-face", "diagram.mmd");
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }

    [Fact]
    public void A_question_has_these_ways_and_no_others()
    {
        (QuestionState, QuestionState)[] ways =
        [
            (QuestionState.Asked, QuestionState.Voting), (QuestionState.Asked, QuestionState.Decided), (QuestionState.Asked, QuestionState.Refused),
            (QuestionState.Asked, QuestionState.Expired), (QuestionState.Voting, QuestionState.Decided), (QuestionState.Voting, QuestionState.Refused),
            (QuestionState.Voting, QuestionState.Expired), (QuestionState.Decided, QuestionState.Undone), (QuestionState.Decided, QuestionState.Refused),
            (QuestionState.Undone, QuestionState.Asked),
        ];
        Assert.Equal(ways.Order(), Ways.Select(way => (way.Key.From, way.Value)).Where(way => way.From != way.Value).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_machine_goes_where_it_permits_and_refuses_the_rest_in_a_sentence(QuestionState from, QuestionMove move, QuestionState? to)
    {
        Assert.Equal(to is not null, TagFaceMachine.Permits(from, move));
        if (to is { } known)
        {
            Assert.Equal(known, TagFaceMachine.Fire(from, move));
            return;
        }

        var refused = Assert.Throws<IllegalMoveException>(() => TagFaceMachine.Fire(from, move));
        Assert.Equal($"A question that is {from.ToString().ToLowerInvariant()} does not permit the move {move}.", refused.Message);
    }

    [Theory]
    [InlineData(QuestionState.Asked, true, false)]
    [InlineData(QuestionState.Voting, true, false)]
    [InlineData(QuestionState.Decided, false, true)]
    [InlineData(QuestionState.Refused, false, false)]
    [InlineData(QuestionState.Expired, false, false)]
    [InlineData(QuestionState.Undone, false, false)]
    public void Votes_count_while_it_is_open_and_only_what_is_decided_is_undone(QuestionState state, bool takesVotes, bool canBeUndone)
    {
        Assert.Equal((takesVotes, canBeUndone), (TagFaceMachine.TakesVotes(state), TagFaceMachine.CanBeUndone(state)));
        Assert.Equal(takesVotes, new QuestionRow { State = state }.IsOpen);
    }
}
