using Stateless;
using static Atmosphere.Bot.Conversations.ConnectPerson.ConnectState;
using static Atmosphere.Bot.Conversations.ConnectPerson.ConnectTrigger;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>
/// A parent registers a child: name, photos, check of the face, consent. Each state lists where the parent's inputs lead, and last what it
/// asks. Entry actions run in the order in which they are written.
/// </summary>
internal static class ConnectPersonMachine
{
    public static StateMachine<ConnectState, ConnectTrigger> Create(ConnectPersonTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(Begun)
            .PermitIf(AddChild, AskName, () => turn.Groups.Count == 1, "one group")
            .PermitIf(AddChild, AskGroup, () => turn.Groups.Count > 1, "several groups")
            .PermitIf(AskTeacher, AskName, () => turn.Groups.Count == 1, "one group")
            .PermitIf(AskTeacher, AskGroup, () => turn.Groups.Count > 1, "several groups")
            .PermitIf(Photo, AskName, () => turn.Groups.Count == 1, "one group")
            .PermitIf(Photo, AskGroup, () => turn.Groups.Count > 1, "several groups")
            .Permit(Unclear, Ended);

        machine.Configure(Asking)
            .AskAgain(MyChildren, turn.SayChildren)
            .AskAgain(Help, turn.SayHelp)
            .AskAgain(AskTeacher, turn.TakeToTeacher)
            .AskAgain(Unreadable)
            .AskAgain(Unclear, turn.SayUnclear)
            .Permit(Cancel, Ended);

        machine.Configure(AskGroup).SubstateOf(Asking)
            .OnEntryFrom(Photo, turn.SayPhotoKept)
            .OnEntryFrom(AskTeacher, turn.TakeToTeacher)
            .Permit(GroupGiven, AskName)
            .PermitReentry(Photo)
            .PermitReentry(Hello)
            .PermitReentry(AddChild)
            .Permit(Back, Ended)
            .OnEntry(turn.AskGroup);

        machine.Configure(AskName).SubstateOf(Asking)
            .OnEntryFrom(Photo, turn.SayPhotoKept)
            .OnEntryFrom(AskTeacher, turn.TakeToTeacher)
            .Permit(NameGiven, AskPhotos)
            .Permit(NameKnown, AskSameName)
            .Permit(MayBeName, AskIfName)
            .PermitReentry(NameRefused, turn.SayNameProblem)
            .PermitReentry(Photo)
            .PermitReentry(Hello)
            .PermitReentry(AddChild)
            .Permit(Back, Ended)
            .OnEntry(turn.AskName);

        machine.Configure(AskIfName).SubstateOf(Asking)
            .Permit(NameGiven, AskPhotos)
            .Permit(NameKnown, AskSameName)
            .Permit(NameRefused, AskName)
            .Permit(Hello, AskName)
            .Permit(No, AskName)
            .Permit(Back, AskName)
            .PermitReentry(Photo, turn.SayPhotoKept)
            .OnEntry(turn.AskIfName);

        machine.Configure(AskSameName).SubstateOf(Asking)
            .Permit(Yes, AskPhotos)
            .Permit(No, AskName)
            .Permit(Back, AskName)
            .PermitReentry(Photo, turn.SayPhotoKept)
            .OnEntry(turn.AskSameName);

        machine.Configure(AskPhotos).SubstateOf(Asking)
            .OnEntryFrom(GoodFace, turn.Photos.Keep)
            .OnEntryFrom(Yes, turn.Photos.Keep)
            .OnEntryFrom(PoorPhoto, turn.Photos.SayProblem)
            .OnEntryFrom(NotInPhoto, turn.Photos.Drop)
            .OnEntryFrom(No, turn.DropWrongFace)
            .OnEntryFrom(Back, turn.DropByGoingBack)
            .OnEntryFrom(Done, turn.SayOnePhotoNeeded)
            .PermitReentry(Photo)
            .PermitReentryIf(GoodFace, () => !turn.Photos.IsLastPhoto, "not the tenth")
            .PermitIf(GoodFace, ConfirmFace, () => turn.Photos.IsLastPhoto, "the tenth")
            .PermitReentry(PoorPhoto)
            .Permit(SeveralFaces, AskWhichFace)
            .Permit(OtherPerson, AskSamePerson)
            .PermitIf(Done, ConfirmFace, () => turn.Photos.HasPhoto, "a good photo")
            .PermitReentryIf(Done, () => !turn.Photos.HasPhoto, "no photo yet")
            .PermitReentryIf(Back, () => turn.Photos.HasPhoto, "a good photo")
            .PermitIf(Back, AskName, () => !turn.Photos.HasPhoto, "no photo yet")
            .PermitReentry(AddChild, turn.SayOneAtATime)
            .OnEntry(turn.AskPhotos);

        machine.Configure(AskWhichFace).SubstateOf(Asking)
            .PermitIf(GoodFace, ConfirmFace, () => turn.Photos.IsLastPhoto, "the tenth")
            .PermitIf(GoodFace, AskPhotos, () => !turn.Photos.IsLastPhoto, "not the tenth")
            .Permit(PoorPhoto, AskPhotos)
            .Permit(OtherPerson, AskSamePerson)
            .Permit(NotInPhoto, AskPhotos)
            .Permit(No, AskPhotos)
            .Permit(Back, AskPhotos)
            .PermitReentry(Photo, turn.Photos.SayPhotoWaits)
            .OnEntryAsync(turn.Photos.AskWhichFaceAsync);

        machine.Configure(AskSamePerson).SubstateOf(Asking)
            .PermitIf(Yes, ConfirmFace, () => turn.Photos.IsLastPhoto, "the tenth")
            .PermitIf(Yes, AskPhotos, () => !turn.Photos.IsLastPhoto, "not the tenth")
            .Permit(No, AskPhotos)
            .Permit(Back, AskPhotos)
            .PermitReentry(Photo, turn.Photos.SayPhotoWaits)
            .OnEntry(turn.AskSamePerson);

        machine.Configure(ConfirmFace).SubstateOf(Asking)
            .OnEntryFrom(GoodFace, turn.Photos.Keep)
            .OnEntryFrom(Yes, turn.Photos.Keep)
            .Permit(Yes, AskConsent)
            .Permit(LookAlike, AskLookAlike)
            .Permit(No, AskPhotos)
            .Permit(Back, AskPhotos)
            .Permit(Photo, AskPhotos)
            .OnEntryAsync(turn.AskFaceAsync);

        machine.Configure(AskLookAlike).SubstateOf(Asking)
            .Permit(Yes, AskConsent)
            .Permit(No, Ended)
            .Permit(Back, ConfirmFace)
            .Permit(Photo, AskPhotos)
            .OnEntry(turn.AskLookAlike);

        machine.Configure(AskConsent).SubstateOf(Asking)
            .OnEntryFrom(Yes, turn.TakeForAnother)
            .Permit(Yes, Ended)
            .Permit(No, Ended)
            .Permit(Back, ConfirmFace)
            .Permit(Photo, AskPhotos)
            .OnEntry(turn.AskConsent);

        machine.Configure(Ended)
            .OnEntryFrom(Yes, turn.Register)
            .OnEntryFrom(No, turn.SayNothingKept)
            .OnEntryFrom(Cancel, turn.SayCancelled)
            .OnEntryFrom(Back, turn.SayCancelled)
            .OnEntry(turn.ForgetDraft)
            .OnEntry(turn.OfferMenu);

        return machine;
    }
}
