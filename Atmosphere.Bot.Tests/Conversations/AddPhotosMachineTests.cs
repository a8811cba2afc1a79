using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.AddPhotos;
using Atmosphere.Bot.Conversations.Photos;
using Atmosphere.Bot.Tests.Fixtures;
using Stateless;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class AddPhotosMachineTests
{
    private readonly AddPhotosDraft _draft = new();

    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_is_the_one_in_dialogs()
    {
        var file = Path.Combine(Dialogs.Folder, "add-photos", "diagram.mmd");
        var drawn = MermaidDiagram.Of(Machine(), AddPhotosState.Said);
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }

    [Fact]
    public void Every_question_answers_help_cancel_back_files_and_words_that_mean_nothing()
    {
        foreach (var state in Enum.GetValues<AddPhotosState>().Except([AddPhotosState.Said, AddPhotosState.Asking, AddPhotosState.Ended]))
        {
            _draft.State = state;
            foreach (var trigger in (AddPhotosTrigger[])[AddPhotosTrigger.Help, AddPhotosTrigger.Cancel, AddPhotosTrigger.Back, AddPhotosTrigger.Photo, AddPhotosTrigger.Unreadable, AddPhotosTrigger.Unclear])
                Assert.True(Machine().CanFire(trigger), $"{state} does not know {trigger}");
        }
    }

    private StateMachine<AddPhotosState, AddPhotosTrigger> Machine() =>
        AddPhotosMachine.Create(new AddPhotosTurn(_draft, null!, [], null!, new PhotoCollector(_draft, null!, default, null!, null!, default)));
}
