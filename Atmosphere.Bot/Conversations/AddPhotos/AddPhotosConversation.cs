using System.Text.Json;
using Atmosphere.Bot.Conversations.Photos;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>Parses a parent's message, drives the machine with it and collects the results.</summary>
internal sealed class AddPhotosConversation(IMorePhotos more, IEnrolmentPhotos photos, IMediaStore media) : IConversation
{
    public string Name => "add-photos";

    public bool Begins(Turn turn) => turn.Word == Word.AddPhotos || turn.Split(Word.AddPhotos) is not null;

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = turn.State is null ? new AddPhotosDraft() : JsonSerializer.Deserialize<AddPhotosDraft>(turn.State, JsonSerializerOptions.Web)!;
        IReadOnlyList<RegisteredPerson> children = [.. turn.Children.Where(child => child.State == "connected")];
        var collector = new PhotoCollector(draft, turn.Speech, turn.Participant.Id, photos, media, cancellation);
        var step = new AddPhotosTurn(draft, turn, children, more, collector);
        var machine = AddPhotosMachine.Create(step);

        await DropExpiredAsync(step);
        var begins = draft.State == AddPhotosState.Said;
        if (begins)
            await machine.FireAsync(Choose(step, turn.Split(Word.AddPhotos)?.After));
        if (turn.Files.Count > 0 && draft.State != AddPhotosState.Ended)
            await machine.FireAsync(collector.Take(turn.Files) ? AddPhotosTrigger.Photo : AddPhotosTrigger.Unreadable);
        else if (!begins)
            await machine.FireAsync(await UnderstandAsync(step, turn, cancellation));
        while (machine.State == AddPhotosState.AskPhotos && draft.Waiting.Count > 0)
            await machine.FireAsync(await JudgeAsync(step, await collector.LookAtNextAsync(), cancellation));

        Close(step, turn);
    }

    private void Close(AddPhotosTurn step, Turn turn)
    {
        if (step.Draft.KnownPerson is { } person)
        {
            foreach (var file in step.Draft.Media().ToList())
                turn.Change((session, _) => media.NameAsync(session, file, person));
        }

        var ended = step.Draft.State == AddPhotosState.Ended;
        if (ended)
            step.Photos.Forget();
        else
            turn.Keep(step.Draft.Media());
        turn.Discard(step.Photos.Discarded);
        turn.State = ended ? null : JsonSerializer.Serialize(step.Draft, JsonSerializerOptions.Web);
    }

    /// <summary>Photos are kept only for a while: a question about a deleted one ends.</summary>
    private static async Task DropExpiredAsync(AddPhotosTurn step)
    {
        var asks = step.Draft.Current is not null;
        if (await step.Photos.DropExpiredAsync() && asks && step.Draft.Current is null)
            step.Draft.State = AddPhotosState.AskPhotos;
    }

    /// <param name="said">A name or a number; null if none was given.</param>
    private static AddPhotosTrigger Choose(AddPhotosTurn step, string? said)
    {
        var children = step.Children;
        var named = children.Where(child => NameFolding.AreSame(child.Name, said ?? "")).ToList();
        var chosen = (children.Count, named.Count) switch
        {
            (1, _) when said is null || named.Count == 1 => children[0],
            (_, 1) => named[0],
            _ => PastedText.NumberIn(said) is { } number ? children.ElementAtOrDefault(number - 1) : null,
        };
        if (chosen is null)
            return children.Count == 0 ? AddPhotosTrigger.NoChild : step.Draft.State == AddPhotosState.Said ? AddPhotosTrigger.SeveralChildren : AddPhotosTrigger.Unclear;
        (step.Draft.Person, step.Draft.Name) = (chosen.Person.Value, chosen.Name);
        return AddPhotosTrigger.Chosen;
    }

    private async Task<AddPhotosTrigger> JudgeAsync(AddPhotosTurn step, PhotoLook look, CancellationToken cancellation)
    {
        if (look != PhotoLook.Usable)
            return look == PhotoLook.Poor ? AddPhotosTrigger.PoorPhoto : AddPhotosTrigger.SeveralFaces;
        // A face near another registered person is no exception: the answer must not tell that it is known.
        return await more.IsSameAsync(new PersonId(step.Draft.Person!), step.Draft.Current!.ToEnrolmentPhoto(), cancellation)
            ? AddPhotosTrigger.GoodFace
            : AddPhotosTrigger.Unlike;
    }

    private async Task<AddPhotosTrigger> UnderstandAsync(AddPhotosTurn step, Turn turn, CancellationToken cancellation)
    {
        var (draft, text, word) = (step.Draft, turn.Incoming.Text.Trim(), turn.Word);
        if (draft is { State: AddPhotosState.AskWhichFace, Current: not null } && word is null or Word.None or Word.No)
            return word is not null ? AddPhotosTrigger.NotInPhoto : step.Photos.Choose(text) is { } look ? await JudgeAsync(step, look, cancellation) : AddPhotosTrigger.Unclear;

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
