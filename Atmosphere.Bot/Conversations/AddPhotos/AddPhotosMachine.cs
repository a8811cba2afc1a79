using Stateless;
using static Atmosphere.Bot.Conversations.AddPhotos.AddPhotosState;
using static Atmosphere.Bot.Conversations.AddPhotos.AddPhotosTrigger;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>A parent adds photos of a child who is learned already: which child, photos, and a question where a face does not look like the child.</summary>
internal static class AddPhotosMachine
{
    public static StateMachine<AddPhotosState, AddPhotosTrigger> Create(AddPhotosTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(Said)
            .Permit(NoChild, Ended)
            .Permit(Chosen, AskPhotos)
            .Permit(SeveralChildren, AskWhichChild);

        machine.Configure(AskWhichChild)
            .OnEntryFrom(Photo, turn.SayPhotoKept)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(Unclear, turn.SayUnclear)
            .OnEntry(turn.AskWhichChild)
            .Permit(Chosen, AskPhotos)
            .Permit(NoChild, Ended)
            .PermitReentry(Photo)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Ended)
            .Permit(Back, Ended);

        machine.Configure(AskPhotos)
            .OnEntryFrom(GoodFace, turn.KeepPhoto)
            .OnEntryFrom(PoorPhoto, turn.SayPhotoProblem)
            .OnEntryFrom(Yes, turn.KeepPhoto)
            .OnEntryFrom(No, turn.DropPhotoAsked)
            .OnEntryFrom(NotInPhoto, turn.DropPhotoAsked)
            .OnEntryFrom(Back, turn.DropByGoingBack)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(Unclear, turn.SayPhotosPlease)
            .OnEntry(turn.AskPhotos)
            .PermitReentry(Photo)
            .PermitReentry(GoodFace)
            .PermitReentry(PoorPhoto)
            .Permit(SeveralFaces, AskWhichFace)
            .Permit(Unlike, AskSamePerson)
            .Permit(Done, Ended)
            .Permit(Cancel, Ended)
            .PermitReentryIf(Back, () => turn.HasPhoto, "a good photo")
            .PermitIf(Back, Ended, () => !turn.HasPhoto, "no photo yet")
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear);

        machine.Configure(AskWhichFace)
            .OnEntryFrom(Photo, turn.SayPhotoWaits)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(Unclear, turn.SayNumberPlease)
            .OnEntryAsync(_ => turn.AskWhichFaceAsync())
            .Permit(GoodFace, AskPhotos)
            .Permit(PoorPhoto, AskPhotos)
            .Permit(Unlike, AskSamePerson)
            .Permit(NotInPhoto, AskPhotos)
            .Permit(Back, AskPhotos)
            .PermitReentry(Photo)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Ended);

        machine.Configure(AskSamePerson)
            .OnEntryFrom(Photo, turn.SayPhotoWaits)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(Unclear, turn.SayYesOrNo)
            .OnEntryAsync(_ => turn.AskSamePersonAsync())
            .Permit(Yes, AskPhotos)
            .Permit(No, AskPhotos)
            .Permit(Back, AskPhotos)
            .PermitReentry(Photo)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Ended);

        machine.Configure(Ended)
            .OnEntryFrom(NoChild, turn.SayNoChild)
            .OnEntryFrom(Done, turn.HandOver)
            .OnEntryFrom(Cancel, turn.SayCancelled)
            .OnEntryFrom(Back, turn.SayCancelled);

        return machine;
    }
}
