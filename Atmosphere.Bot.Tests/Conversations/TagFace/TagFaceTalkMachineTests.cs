using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.TagFace;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Conversations.TagFace;

public sealed class TagFaceTalkMachineTests
{
    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_of_the_chat_is_the_one_in_dialogs()
    {
        var drawn = MermaidDiagram.Of(TagFaceTalkMachine.Create(new TagFaceTurn(new TagFaceDraft(), null!, [], null!)), TalkState.Closed);
        var file = Path.Combine(Dialogs.Folder, "tag-face", "chat.mmd");
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }

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
}
