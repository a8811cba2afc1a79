using Stateless;
using static Atmosphere.Bot.Conversations.AddPhotos.AddPhotosState;
using static Atmosphere.Bot.Conversations.AddPhotos.AddPhotosTrigger;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>
/// A parent adds photos of a learned child: asks which child, takes photos, and asks about a face that does not resemble the child.
/// </summary>
internal static class AddPhotosMachine
{
    public static StateMachine<AddPhotosState, AddPhotosTrigger> Create(AddPhotosTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(Said)
            .Permit(NoChild, Ended)
            .Permit(Chosen, AskPhotos)
            .Permit(SeveralChildren, AskWhichChild);

        machine.Configure(Asking)
            .AskAgain(Help, turn.SayHelp)
            .AskAgain(Unreadable)
            .AskAgain(Unclear, turn.SayUnclear)
            .Permit(Cancel, Ended);

        machine.Configure(AskWhichChild).SubstateOf(Asking)
            .Permit(Chosen, AskPhotos)
            .Permit(NoChild, Ended)
            .Permit(Back, Ended)
            .PermitReentry(Photo, turn.SayPhotoKept)
            .OnEntry(turn.AskWhichChild);

        machine.Configure(AskPhotos).SubstateOf(Asking)
            .OnEntryFrom(GoodFace, turn.Photos.Keep)
            .OnEntryFrom(Yes, turn.Photos.Keep)
            .OnEntryFrom(PoorPhoto, turn.Photos.SayProblem)
            .OnEntryFrom(No, turn.Photos.Drop)
            .OnEntryFrom(NotInPhoto, turn.Photos.Drop)
            .OnEntryFrom(Back, turn.DropByGoingBack)
            .PermitReentry(Photo)
            .PermitReentry(GoodFace)
            .PermitReentry(PoorPhoto)
            .Permit(SeveralFaces, AskWhichFace)
            .Permit(Unlike, AskSamePerson)
            .Permit(Done, Ended)
            .PermitReentryIf(Back, () => turn.Photos.HasPhoto, "a good photo")
            .PermitIf(Back, Ended, () => !turn.Photos.HasPhoto, "no photo yet")
            .OnEntry(turn.AskPhotos);

        machine.Configure(AskWhichFace).SubstateOf(Asking)
            .Permit(GoodFace, AskPhotos)
            .Permit(PoorPhoto, AskPhotos)
            .Permit(Unlike, AskSamePerson)
            .Permit(NotInPhoto, AskPhotos)
            .Permit(Back, AskPhotos)
            .PermitReentry(Photo, turn.Photos.SayPhotoWaits)
            .OnEntryAsync(turn.Photos.AskWhichFaceAsync);

        machine.Configure(AskSamePerson).SubstateOf(Asking)
            .Permit(Yes, AskPhotos)
            .Permit(No, AskPhotos)
            .Permit(Back, AskPhotos)
            .PermitReentry(Photo, turn.Photos.SayPhotoWaits)
            .OnEntryAsync(turn.AskSamePersonAsync);

        machine.Configure(Ended)
            .OnEntryFrom(NoChild, turn.SayNoChild)
            .OnEntryFrom(Done, turn.HandOver)
            .OnEntryFrom(Cancel, turn.SayCancelled)
            .OnEntryFrom(Back, turn.SayCancelled);

        return machine;
    }
}
