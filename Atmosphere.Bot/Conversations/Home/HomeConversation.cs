using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Home;

/// <summary>Answers every turn that no other conversation answers.</summary>
internal sealed class HomeConversation(Database database) : IConversation
{
    /// <summary>Its folder in dialogs/.</summary>
    public const string Dialog = "home";

    /// <summary>It remembers nothing from turn to turn.</summary>
    public const string Nothing = "{}";

    public string Name => Dialog;

    public bool Begins(Turn turn) => true;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var groups = await database.ReadAsync(session => Memberships.OfAsync(session, turn.Participant.Id), cancellation);
        var step = new HomeTurn(turn.Speech, turn.Children) { IsMember = groups.Count > 0 };
        var machine = HomeMachine.Create(step);

        // The caption of a photo counts only if it is a command.
        var says = turn.Files.Count == 0 || (turn.Word is not null && turn.Incoming.Text.Length > 0);
        if (turn.Files.Count > 0)
        {
            var photo = turn.Files.Any(file => file.Photo is not null);
            if (!photo || !step.IsMember)
                step.SayProblems(turn.Files);
            await machine.FireAsync(photo ? HomeTrigger.Photo : HomeTrigger.Unreadable);
            if (machine.State == HomeState.Menu)
                turn.ForgetFiles();
        }

        if (says && machine.State == HomeState.Menu)
            await machine.FireAsync(Understand(turn));
        turn.BeginsRegistration = machine.State == HomeState.Registering;
    }

    private static HomeTrigger Understand(Turn turn) => turn.Incoming.Kind == IncomingKind.Joined ? HomeTrigger.Hello : turn.Word switch
    {
        Word.Hello or Word.Start => HomeTrigger.Hello,
        Word.AddChild => HomeTrigger.AddChild,
        Word.AskTeacher => HomeTrigger.AskTeacher,
        Word.Help => HomeTrigger.Help,
        Word.Cancel => HomeTrigger.Cancel,
        Word.Back => HomeTrigger.Back,
        null when turn.IsFirst => HomeTrigger.Hello,
        _ => HomeTrigger.Unclear,
    };
}
