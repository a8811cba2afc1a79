using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.Choosing;
using Atmosphere.Bot.Conversations.ReportPicture;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Stateless;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class ReportPictureMachineTests
{
    private readonly ChildDraft<PictureState> _draft = new();

    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_is_the_one_in_dialogs()
    {
        var file = Path.Combine(Dialogs.Folder, "report-picture", "diagram.mmd");
        var drawn = MermaidDiagram.Of(Machine(), PictureState.Closed);
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }

    [Theory]
    [InlineData(PictureState.AskWhich)]
    [InlineData(PictureState.AskConsent)]
    [InlineData(PictureState.AskEnd)]
    public void Every_question_answers_help_cancel_back_and_words_that_mean_nothing(object state)
    {
        _draft.State = (PictureState)state;
        foreach (var trigger in (ChildTrigger[])[ChildTrigger.Help, ChildTrigger.Cancel, ChildTrigger.Back, ChildTrigger.No, ChildTrigger.Again, ChildTrigger.Unclear])
            Assert.True(Machine().CanFire(trigger), $"{state} does not know {trigger}");
    }

    [Theory]
    [InlineData(PictureState.AskConsent, true)]
    [InlineData(PictureState.AskEnd, false)]
    public async Task A_yes_answers_the_question_that_was_asked(object state, bool agrees)
    {
        _draft.State = (PictureState)state;
        var turn = Turn();
        await ReportPictureMachine.Create(turn).FireAsync(ChildTrigger.Yes);
        Assert.Equal((agrees, !agrees), (turn.Agreed is not null, turn.Ends));
    }

    private ReportPictureTurn Turn() => new(_draft, new Speech(Languages.Load(Dialogs.Folder).Default), [], "");

    private StateMachine<PictureState, ChildTrigger> Machine() => ReportPictureMachine.Create(Turn());
}
