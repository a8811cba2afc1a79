using System.Globalization;
using System.Text.Json;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>Understands what a parent did, drives the machine with it and collects what comes of it.</summary>
internal sealed class AddPhotosConversation(IMorePhotos more, IEnrolmentPhotos photos, IMediaStore media) : IConversation
{
    public string Name => "add-photos";

    public bool Begins(Turn turn) => turn.Word == Word.AddPhotos || turn.Split(Word.AddPhotos) is not null;

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = turn.State is null ? new AddPhotosDraft() : JsonSerializer.Deserialize<AddPhotosDraft>(turn.State, JsonSerializerOptions.Web)!;
        IReadOnlyList<RegisteredPerson> children = [.. turn.Children.Where(child => child.State == "connected")];
        var step = new AddPhotosTurn(draft, turn, children, more, photos, media, cancellation);
        var machine = AddPhotosMachine.Create(step);
        var looker = new AddPhotosLook(photos, more, cancellation);

        await DropExpiredAsync(step, turn, cancellation);
        var begins = draft.State == AddPhotosState.Said;
        if (begins)
            await machine.FireAsync(Choose(step, turn.Split(Word.AddPhotos)?.After));
        if (turn.Files.Count > 0 && draft.State != AddPhotosState.Ended)
            await machine.FireAsync(TakeFiles(step, turn));
        else if (!begins)
            await machine.FireAsync(await UnderstandAsync(step, turn, looker));
        while (machine.State == AddPhotosState.AskPhotos && draft.Waiting.Count > 0)
            await machine.FireAsync(await looker.LookAtNextAsync(step));

        Close(step, turn);
    }

    private static void Close(AddPhotosTurn step, Turn turn)
    {
        var ended = step.Draft.State == AddPhotosState.Ended;
        if (ended)
            step.ForgetDraft();
        else
            turn.Keep(step.Draft.Media());
        turn.Discard(step.Discarded);
        turn.State = ended ? null : JsonSerializer.Serialize(step.Draft, JsonSerializerOptions.Web);
    }

    /// <summary>Photos live for a while only: those that are gone are asked for again.</summary>
    private async Task DropExpiredAsync(AddPhotosTurn step, Turn turn, CancellationToken cancellation)
    {
        var draft = step.Draft;
        var gone = new HashSet<MediaKey>();
        foreach (var key in draft.Media().Except(draft.Pictures))
        {
            if (!await media.ExistsAsync(key, cancellation))
                gone.Add(key);
        }

        if (gone.Count == 0)
            return;
        draft.Photos.RemoveAll(photo => gone.Contains(photo.Media));
        draft.Waiting.RemoveAll(photo => gone.Contains(photo.Media));
        if (draft.Current is { } current && gone.Contains(current.Media))
        {
            draft.Current = null;
            draft.State = AddPhotosState.AskPhotos;
        }

        turn.Speech.Say("connect-person.photos-expired");
    }

    /// <param name="said">A name or a number; null where nothing was said.</param>
    private static AddPhotosTrigger Choose(AddPhotosTurn step, string? said)
    {
        var children = step.Children;
        var named = children.Where(child => ChildName.AreSame(child.Name, said ?? "")).ToList();
        var chosen = (children.Count, named.Count) switch
        {
            (1, _) when said is null || named.Count == 1 => children[0],
            (_, 1) => named[0],
            _ => int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? children.ElementAtOrDefault(number - 1) : null,
        };
        if (chosen is null)
            return children.Count == 0 ? AddPhotosTrigger.NoChild : step.Draft.State == AddPhotosState.Said ? AddPhotosTrigger.SeveralChildren : AddPhotosTrigger.Unclear;
        (step.Draft.Person, step.Draft.Name) = (chosen.Person.Value, chosen.Name);
        return AddPhotosTrigger.Chosen;
    }

    private static AddPhotosTrigger TakeFiles(AddPhotosTurn step, Turn turn)
    {
        var (draft, taken) = (step.Draft, 0);
        foreach (var file in turn.Files)
        {
            if (file.Photo is not { } photo)
            {
                turn.Speech.Say(file.Problem!, ("file", file.Name));
            }
            else if (draft.Photos.Count + draft.Waiting.Count + (draft.Current is null ? 0 : 1) >= AddPhotosDraft.MostPhotos)
            {
                turn.Discard([photo]);
                turn.Speech.Say("connect-person.too-many-photos", ("file", file.Name));
            }
            else
            {
                draft.Waiting.Add(new AddedPhoto(photo, file.Name));
                taken++;
            }
        }

        return taken > 0 ? AddPhotosTrigger.Photo : AddPhotosTrigger.Unreadable;
    }

    private static async Task<AddPhotosTrigger> UnderstandAsync(AddPhotosTurn step, Turn turn, AddPhotosLook looker)
    {
        var (draft, text, word) = (step.Draft, turn.Incoming.Text.Trim(), turn.Word);
        if (draft.State == AddPhotosState.AskWhichFace && word is null or Word.None or Word.No && draft.Current is { } photo)
        {
            if (word is not null)
                return AddPhotosTrigger.NotInPhoto;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > photo.Faces.Count)
                return AddPhotosTrigger.Unclear;
            draft.Current = photo with { Chosen = number - 1 };
            return await looker.JudgeAsync(step);
        }

        return word switch
        {
            Word.Done => AddPhotosTrigger.Done,
            Word.Yes => AddPhotosTrigger.Yes,
            Word.No => AddPhotosTrigger.No,
            Word.Cancel => AddPhotosTrigger.Cancel,
            Word.Back => AddPhotosTrigger.Back,
            Word.Help => AddPhotosTrigger.Help,
            null when draft.State == AddPhotosState.AskWhichChild => Choose(step, text),
            _ => AddPhotosTrigger.Unclear,
        };
    }
}
