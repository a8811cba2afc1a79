using System.Globalization;
using Atmosphere.Bot.Conversations.Photos;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Stateless;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>The actions of <see cref="AddPhotosMachine"/> during one message.</summary>
internal sealed class AddPhotosTurn(
    AddPhotosDraft draft, Turn turn, IReadOnlyList<RegisteredPerson> children, IMorePhotos more, PhotoCollector photos)
{
    public AddPhotosDraft Draft => draft;

    public PhotoCollector Photos => photos;

    /// <summary>The learned children.</summary>
    public IReadOnlyList<RegisteredPerson> Children => children;

    private (string, string) Name => ("name", draft.Name);

    public void SayHelp() => turn.Speech.Say("common.help");

    /// <summary>Explains which answers the open question accepts.</summary>
    public void SayUnclear()
    {
        switch (draft.State)
        {
            case AddPhotosState.AskPhotos:
                photos.SayPhotosPlease();
                break;
            case AddPhotosState.AskWhichFace:
                photos.SayNumberPlease();
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

    public void SayCancelled() => turn.Speech.Say("connect-person.cancelled");

    public void DropByGoingBack(StateMachine<AddPhotosState, AddPhotosTrigger>.Transition transition)
    {
        if (transition.IsReentry)
            photos.DropLast();
        else
            photos.Drop();
    }

    public void HandOver()
    {
        if (!photos.HasPhoto)
        {
            turn.Speech.Say("connect-person.cancelled");
            return;
        }

        IReadOnlyList<EnrolmentPhoto> given = [.. draft.Photos];
        var person = new PersonId(draft.Person!);
        draft.Photos.Clear();
        // If consent was withdrawn meanwhile, nothing is learned, and the files are deleted like unconfirmed ones.
        turn.Change(async (session, _) => await more.AddAsync(session, person, turn.Participant.Id, given));
        turn.HandOver(given.Select(photo => photo.Media));
        turn.Speech.Say("add-photos.learning", Name);
    }

    public void AskWhichChild() =>
        turn.Speech.AskChoice(
            "add-photos.which-child", Speech.NumbersTo(children.Count), [Word.Cancel], ("names", string.Join(", ", children.Select((child, index) => $"{Count(index + 1)} {child.Name}"))));

    public void AskPhotos() =>
        turn.Speech.Ask(
            photos.HasPhoto ? "add-photos.ask-more" : "add-photos.ask-photo", photos.HasPhoto ? [Word.Done, Word.Back, Word.Cancel] : [Word.Cancel], Name, ("count", Count(draft.Photos.Count)));

    public async Task AskSamePersonAsync() =>
        turn.Speech.Ask("add-photos.unlike", [Word.Yes, Word.No, Word.Cancel], await photos.CropAsync(draft.Current!.ToEnrolmentPhoto()), Name);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
