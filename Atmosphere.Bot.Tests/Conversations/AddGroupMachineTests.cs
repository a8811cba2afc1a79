using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.AddGroup;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Stateless;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class AddGroupMachineTests
{
    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_is_the_one_in_dialogs()
    {
        var file = Path.Combine(Dialogs.Folder, "add-group", "diagram.mmd");
        var drawn = MermaidDiagram.Of(Machine(new AddGroupDraft()), AddGroupState.Closed);
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }

    [Theory]
    [InlineData(true, AddGroupTrigger.AddGroup)]
    [InlineData(false, AddGroupTrigger.AddGroup)]
    public async Task Nobody_but_a_teacher_is_asked_anything(bool teacher, object trigger)
    {
        var draft = new AddGroupDraft();
        await Machine(draft, teacher).FireAsync((AddGroupTrigger)trigger);
        Assert.Equal(teacher ? AddGroupState.AskName : AddGroupState.Closed, draft.State);
    }

    private static StateMachine<AddGroupState, AddGroupTrigger> Machine(AddGroupDraft draft, bool teacher = true) =>
        AddGroupMachine.Create(new AddGroupTurn(draft, new Speech(Languages.Load(Dialogs.Folder).Default)) { IsTeacher = teacher });
}
