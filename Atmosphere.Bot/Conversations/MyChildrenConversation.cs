using System.Globalization;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations;

/// <summary>Lists the user's children, each in a message with the learned face, then the delivery settings.</summary>
internal sealed class MyChildrenConversation(Database database, IFamilies families) : IConversation
{
    public string Name => "my-children";

    public bool Begins(Turn turn) => turn.Word == Word.MyChildren;

    public bool Interrupts(Turn turn) => turn.IsAside && turn.Files.Count == 0 && Begins(turn);

    public bool AsksAgain => true;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var children = await database.ReadAsync(session => families.ChildrenAsync(session, turn.Participant.Id), cancellation);
        foreach (var child in children)
            turn.Say(BubbleOf(turn.Speech, child));
        if (children.Count == 0)
            turn.Speech.Say("common.no-children");
        else
            turn.Speech.Say(turn.Participant switch { { IsPaused: true } => "wishes.is-paused", { WantsAlbum: true } => "wishes.is-daily", _ => "wishes.is-instant" });
    }

    private static Reply BubbleOf(Speech speech, Child child)
    {
        // A date format that means the same in every language.
        var since = TimeZoneInfo.ConvertTime(child.Since, TimeZoneInfo.FindSystemTimeZoneById(child.TimeZone)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = string.Join(
            '\n',
            speech.Text("my-children.child", ("name", child.Name), ("group", child.Group)),
            speech.Text(StateOf(child), ("name", child.Name)),
            speech.Text(child.IsOwner ? "my-children.owner" : "my-children.guardian", ("date", since)));
        return new Reply(text, [], child.Portrait);
    }

    private static string StateOf(Child child) => child switch
    {
        { State: "connecting" } => "my-children.connecting",
        { State: "failed" } => "my-children.failed",
        { IsConfirmed: false } => "my-children.unconfirmed",
        _ => "my-children.connected",
    };
}
