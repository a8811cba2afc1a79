using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.TagFace;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Conversations.TagFace;

public sealed class TagFaceMachineTests
{
    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_of_a_question_is_the_one_in_dialogs() =>
        Compare("diagram.mmd", MermaidDiagram.Of(TagFaceMachine.Create(QuestionState.Asked), QuestionState.Asked));

    [Fact]
    public void The_diagram_of_the_chat_is_the_one_in_dialogs() =>
        Compare("chat.mmd", MermaidDiagram.Of(TagFaceTalkMachine.Create(new TagFaceTurn(new TagFaceDraft(), null!, [], null!)), TalkState.Closed));

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
        Assert.Equal(ways.Order(), TagFaceMachine.Moves.Order());
    }

    [Fact]
    public void The_ways_are_those_that_the_tagging_flow_goes() => Assert.Equal(QuestionTable.Moves.Order(), TagFaceMachine.Moves.Order());

    [Theory]
    [InlineData(QuestionState.Asked, true, false)]
    [InlineData(QuestionState.Voting, true, false)]
    [InlineData(QuestionState.Decided, false, true)]
    [InlineData(QuestionState.Refused, false, false)]
    [InlineData(QuestionState.Expired, false, false)]
    [InlineData(QuestionState.Undone, false, false)]
    public void Votes_count_while_it_is_open_and_only_what_is_decided_is_undone(QuestionState state, bool takesVotes, bool canBeUndone) =>
        Assert.Equal((takesVotes, canBeUndone), (TagFaceMachine.TakesVotes(state), TagFaceMachine.CanBeUndone(state)));

    [Theory]
    [InlineData(TalkState.Shown)]
    [InlineData(TalkState.AskName)]
    [InlineData(TalkState.AskNewName)]
    [InlineData(TalkState.AskPhone)]
    [InlineData(TalkState.ConfirmInvitation)]
    internal void Wherever_the_chat_stands_it_can_be_ended_is_never_silent_and_hears_that_a_question_is_closed(TalkState state)
    {
        var machine = TagFaceTalkMachine.Create(new TagFaceTurn(new TagFaceDraft { State = state }, null!, [], null!));
        Assert.All((TalkTrigger[])[TalkTrigger.Cancel, TalkTrigger.Unclear, TalkTrigger.Help, TalkTrigger.Back, TalkTrigger.TooLate], trigger =>
            Assert.True(machine.CanFire(trigger) || (state, trigger) == (TalkState.Shown, TalkTrigger.Back), $"{trigger} in {state}"));
    }

    private static void Compare(string name, string drawn)
    {
        var file = Path.Combine(Dialogs.Folder, "tag-face", name);
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }
}
