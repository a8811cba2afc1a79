using System.Text.Json;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.NotMyChild;

/// <summary>
/// Finds the photo and the child that are meant. A reply concerns the photo it replies to, any other message the latest one.
/// </summary>
internal sealed class NotMyChildConversation(Database database, IDeliveredPhotos photos, IMediaStore media, IColleagues colleagues) : IConversation
{
    public string Name => "not-my-child";

    public bool Begins(Turn turn) => turn.Word == Word.NotMyChild;

    public bool Interrupts(Turn turn) => turn.IsAside && turn.Files.Count == 0 && Begins(turn);

    public bool AsksAgain => true;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = turn.State is null ? new NotMyChildDraft() : JsonSerializer.Deserialize<NotMyChildDraft>(turn.State, JsonSerializerOptions.Web)!;
        var who = turn.Participant.Id;
        var photo = await database.ReadAsync(
            session => draft.State == NotMyChildState.Said
                ? photos.FindAsync(session, who, turn.Incoming.ReplyTo)
                : photos.FindAgainAsync(session, who, new PhotoId(draft.Photo)),
            cancellation);
        if (turn.IsAside && photo is { Faces.Count: > 1 })
        {
            turn.Speech.Say("common.finish-first");
            return;
        }

        var step = new NotMyChildTurn(draft, turn, photos, media, cancellation) { Photo = photo, IsChecked = colleagues.Listening };
        var machine = NotMyChildMachine.Create(step);
        await machine.FireAsync(draft.State == NotMyChildState.Said ? Begin(step) : Understand(step, turn));

        var pictures = draft.Picture is { } picture ? new[] { new MediaKey(picture) } : [];
        if (draft.State == NotMyChildState.Ended)
        {
            turn.State = null;
            turn.Discard(pictures);
            return;
        }

        turn.State = JsonSerializer.Serialize(draft, JsonSerializerOptions.Web);
        turn.Keep(pictures);
    }

    private static NotMyChildTrigger Begin(NotMyChildTurn step)
    {
        if (step.Photo is not { Faces: [var first, ..] } photo)
            return NotMyChildTrigger.NoPhoto;
        step.Chosen = first;
        return photo.Faces.Count == 1 ? NotMyChildTrigger.OneChild : NotMyChildTrigger.SeveralChildren;
    }

    private static NotMyChildTrigger Understand(NotMyChildTurn step, Turn turn)
    {
        if (step.Photo is not { Faces.Count: > 0 } photo)
            return NotMyChildTrigger.NoPhoto;
        switch (turn.Word)
        {
            case Word.None or Word.No:
                return NotMyChildTrigger.None;
            case Word.Cancel:
                return NotMyChildTrigger.Cancel;
            case Word.Back:
                return NotMyChildTrigger.Back;
            case Word.Help:
                return NotMyChildTrigger.Help;
            default:
                break;
        }

        var text = turn.Incoming.Text.Trim();
        var named = photo.Faces.Where(face => NameFolding.AreSame(face.Name, text)).ToList();
        step.Chosen = PastedText.NumberIn(text) is { } number
            ? photo.Faces.FirstOrDefault(face => face.Face.Value == step.Draft.Faces.ElementAtOrDefault(number - 1))
            : named.Count == 1 ? named[0] : null;
        return step.Chosen is null ? NotMyChildTrigger.Unclear : NotMyChildTrigger.Chosen;
    }
}
