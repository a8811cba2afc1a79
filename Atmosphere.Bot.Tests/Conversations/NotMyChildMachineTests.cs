using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.NotMyChild;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class NotMyChildMachineTests
{
    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_is_the_one_in_dialogs()
    {
        var file = Path.Combine(Dialogs.Folder, "not-my-child", "diagram.mmd");
        var drawn = MermaidDiagram.Of(NotMyChildMachine.Create(new NotMyChildTurn(new NotMyChildDraft(), null!, null!, null!, default)), NotMyChildState.Said);
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }
}
