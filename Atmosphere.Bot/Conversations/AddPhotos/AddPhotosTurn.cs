using System.Globalization;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage.Media;
using Stateless;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>The actions of <see cref="AddPhotosMachine"/>: what is said and kept while one message is answered.</summary>
internal sealed class AddPhotosTurn(
    AddPhotosDraft draft, Turn turn, IReadOnlyList<RegisteredPerson> children, IMorePhotos more, IEnrolmentPhotos photos, IMediaStore media,
    CancellationToken cancellation)
{
    private readonly List<MediaKey> _discarded = [];

    public AddPhotosDraft Draft => draft;

    /// <summary>The children who are learned.</summary>
    public IReadOnlyList<RegisteredPerson> Children => children;

    /// <summary>Files to delete when the turn is committed.</summary>
    public IReadOnlyList<MediaKey> Discarded => _discarded;

    /// <summary>Key of the sentence about the photo that could not be used.</summary>
    public string Problem { get; set; } = "";

    public bool HasPhoto => draft.Photos.Count > 0;

    private (string, string) Name => ("name", draft.Name);

    public void SayHelp() => turn.Speech.Say("common.help");

    /// <summary>Which answers the open question takes.</summary>
    public void SayUnclear()
    {
        switch (draft.State)
        {
            case AddPhotosState.AskPhotos:
                turn.Speech.Say("connect-person.photos-please", Name);
                break;
            case AddPhotosState.AskWhichFace:
                turn.Speech.Say("connect-person.number-please", ("count", Count(draft.Current?.Faces.Count ?? 0)));
                break;
            case AddPhotosState.AskSamePerson:
                turn.Speech.Say("common.yes-or-no");
                break;
            default:
                turn.Speech.Say("common.unclear");
                break;
        }
    }

    public void SayNoChild() => turn.Speech.Say(turn.Children.Count == 0 ? "common.no-children" : "add-photos.no-child");

    public void SayPhotoKept() => turn.Speech.Say("add-photos.photo-kept");

    public void SayPhotoWaits() => turn.Speech.Say("connect-person.photo-waits");

    public void SayCancelled() => turn.Speech.Say("connect-person.cancelled");

    public void SayPhotoProblem()
    {
        turn.Speech.Say(Problem, Name, ("file", draft.Current?.Name ?? ""));
        DropPhoto();
    }

    public void DropPhotoAsked()
    {
        DropPhoto();
        turn.Speech.Say("connect-person.photo-dropped");
    }

    public void DropByGoingBack(StateMachine<AddPhotosState, AddPhotosTrigger>.Transition transition)
    {
        if (transition.IsReentry)
        {
            _discarded.Add(draft.Photos[^1].Media);
            draft.Photos.RemoveAt(draft.Photos.Count - 1);
        }

        DropPhotoAsked();
    }

    public void KeepPhoto()
    {
        if (draft.Current is not { Chosen: { } chosen } photo)
            return;
        draft.Photos.Add(new EnrolmentPhoto(photo.Media, photo.Faces[chosen].Box));
        draft.Current = null;
        turn.Speech.Say("connect-person.good-photo", Name);
    }

    public void HandOver()
    {
        if (!HasPhoto)
        {
            turn.Speech.Say("connect-person.cancelled");
            return;
        }

        IReadOnlyList<EnrolmentPhoto> given = [.. draft.Photos];
        var person = new PersonId(draft.Person!);
        draft.Photos.Clear();
        // Where consent went meanwhile nothing is learned, and the files go as those that nobody confirmed.
        turn.Change(async (session, _) => await more.AddAsync(session, person, turn.Participant.Id, given));
        turn.HandOver(given.Select(photo => photo.Media));
        turn.Speech.Say("add-photos.learning", Name);
    }

    public void AskWhichChild() =>
        turn.Speech.AskChoice(
            "add-photos.which-child", Speech.NumbersTo(children.Count), [Word.Cancel], ("names", string.Join(", ", children.Select((child, index) => $"{Count(index + 1)} {child.Name}"))));

    public void AskPhotos() =>
        turn.Speech.Ask(HasPhoto ? "add-photos.ask-more" : "add-photos.ask-photo", HasPhoto ? [Word.Done, Word.Back, Word.Cancel] : [Word.Cancel], Name, ("count", Count(draft.Photos.Count)));

    public async Task AskWhichFaceAsync()
    {
        var photo = draft.Current!;
        var boxes = photo.Faces.Select(face => face.Box).ToList();
        var picture = await StoreAsync(await photos.DrawNumbersAsync(new EnrolmentPhoto(photo.Media, boxes[0]), boxes, cancellation));
        turn.Speech.AskNumber("connect-person.ask-which-face", photo.Faces.Count, picture, Name, ("count", Count(photo.Faces.Count)));
    }

    public async Task AskSamePersonAsync()
    {
        var photo = draft.Current!;
        var picture = await StoreAsync(await photos.CropAsync(new EnrolmentPhoto(photo.Media, photo.Faces[photo.Chosen!.Value].Box), cancellation));
        turn.Speech.Ask("add-photos.unlike", [Word.Yes, Word.No, Word.Cancel], picture, Name);
    }

    /// <summary>Whatever is left of the draft is deleted.</summary>
    public void ForgetDraft() => _discarded.AddRange(draft.Media());

    private async Task<MediaKey> StoreAsync(byte[] jpeg)
    {
        var key = await media.PutAsync(MediaBucket.Training, jpeg, "image/jpeg", cancellation);
        draft.Pictures.Add(key);
        return key;
    }

    private void DropPhoto()
    {
        if (draft.Current is { } photo)
            _discarded.Add(photo.Media);
        draft.Current = null;
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
