using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Conversations.Photos;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Stateless;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class ConnectPersonMachineTests
{
    private readonly ConnectPersonDraft _draft = new();
    private readonly Speech _speech = new(Languages.Load(Dialogs.Folder).Default);

    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_is_the_one_in_dialogs()
    {
        var file = Path.Combine(Dialogs.Folder, "connect-person", "diagram.mmd");
        var drawn = MermaidDiagram.Of(Machine(), ConnectState.Begun);
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }

    [Fact]
    public void Every_state_answers_help_my_children_files_and_words_that_mean_nothing()
    {
        foreach (var state in Enum.GetValues<ConnectState>().Except([ConnectState.Begun, ConnectState.Asking, ConnectState.Ended]))
        {
            _draft.State = state;
            foreach (var trigger in (ConnectTrigger[])[ConnectTrigger.Help, ConnectTrigger.MyChildren, ConnectTrigger.Cancel, ConnectTrigger.Back, ConnectTrigger.Photo, ConnectTrigger.Unreadable, ConnectTrigger.Unclear])
                Assert.True(Machine().CanFire(trigger), $"{state} does not know {trigger}");
        }
    }

    [Fact]
    public void Nobody_is_registered_but_by_a_yes_to_the_consent()
    {
        var ways = Machine().GetInfo().States
            .SelectMany(state => state.FixedTransitions.Select(way => (From: state.UnderlyingState, Trigger: way.Trigger.UnderlyingTrigger, To: way.DestinationState.UnderlyingState)))
            .Where(way => way.Trigger is ConnectTrigger.Yes && way.To is ConnectState.Ended);
        Assert.Equal(ConnectState.AskConsent, Assert.Single(ways).From);
    }

    private StateMachine<ConnectState, ConnectTrigger> Machine() =>
        ConnectPersonMachine.Create(new ConnectPersonTurn(_draft, _speech, [], [], new PhotoCollector(_draft, _speech, default, null!, null!, default)));
}
