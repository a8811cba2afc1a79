using Atmosphere.Bot.Conversations.StateMachine;
using static Atmosphere.Bot.Conversations.ConnectPerson.ConnectState;
using static Atmosphere.Bot.Conversations.ConnectPerson.ConnectTrigger;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>
/// A parent registers a child: name, photos, a look at the face, consent. Read it from the top: every state says what it asks and where each
/// thing that a parent may do leads. Entry actions run in the order in which they stand here.
/// </summary>
internal static class ConnectPersonMachine
{
    public static StateMachine<ConnectState, ConnectTrigger> Create(ConnectPersonTurn turn)
    {
        var machine = new StateMachine<ConnectState, ConnectTrigger>(() => turn.Draft.State, state => turn.Draft.State = state);

        machine.Configure(Home)
            .OnEntryFrom(Hello, turn.SayWelcome)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(MyChildren, turn.SayChildren)
            .OnEntryFrom(Cancel, turn.SayCancelled)
            .OnEntryFrom(Back, turn.SayCancelled)
            .OnEntryFrom(No, turn.SayNothingKept)
            .OnEntryFrom(Yes, turn.Register)
            .OnEntryFrom(Unclear, turn.SayUnclear)
            .OnEntry(turn.ForgetDraft)
            .OnEntry(turn.OfferMenu)
            .PermitReentry(Hello)
            .Permit(AddChild, AskName)
            .Permit(Photo, AskName)
            .PermitReentry(MyChildren)
            .PermitReentry(Help)
            .PermitReentry(Cancel)
            .PermitReentry(Back)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear);

        machine.Configure(AskName)
            .OnEntryFrom(Photo, turn.SayPhotoKept)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(MyChildren, turn.SayChildren)
            .OnEntryFrom(NameRefused, turn.SayNameProblem)
            .OnEntry(turn.AskName)
            .Permit(NameGiven, AskPhotos)
            .Permit(NameKnown, AskSameName)
            .PermitReentry(NameRefused)
            .PermitReentry(Photo)
            .PermitReentry(Hello)
            .PermitReentry(AddChild)
            .PermitReentry(MyChildren)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Back, Home)
            .Permit(Cancel, Home);

        machine.Configure(AskSameName)
            .OnEntryFrom(Photo, turn.SayPhotoKept)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(MyChildren, turn.SayChildren)
            .OnEntryFrom(Unclear, turn.SayYesOrNo)
            .OnEntry(turn.AskSameName)
            .Permit(Yes, AskPhotos)
            .Permit(No, AskName)
            .Permit(Back, AskName)
            .PermitReentry(Photo)
            .PermitReentry(MyChildren)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Home);

        machine.Configure(AskPhotos)
            .OnEntryFrom(GoodFace, turn.KeepPhoto)
            .OnEntryFrom(PoorPhoto, turn.SayPhotoProblem)
            .OnEntryFrom(Yes, turn.KeepPhoto)
            .OnEntryFrom(NotInPhoto, turn.DropPhotoAsked)
            .OnEntryFrom(No, turn.DropWrongFace)
            .OnEntryFrom(Back, turn.DropByGoingBack)
            .OnEntryFrom(Done, turn.SayOnePhotoNeeded)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(MyChildren, turn.SayChildren)
            .OnEntryFrom(AddChild, turn.SayOneAtATime)
            .OnEntryFrom(Unclear, turn.SayPhotosPlease)
            .OnEntry(turn.AskPhotos)
            .PermitReentry(Photo)
            .PermitReentryIf(GoodFace, () => !turn.IsLastPhoto, "not the tenth")
            .PermitIf(GoodFace, ConfirmFace, () => turn.IsLastPhoto, "the tenth")
            .PermitReentry(PoorPhoto)
            .Permit(SeveralFaces, AskWhichFace)
            .Permit(OtherPerson, AskSamePerson)
            .PermitIf(Done, ConfirmFace, () => turn.HasPhoto, "a good photo")
            .PermitReentryIf(Done, () => !turn.HasPhoto, "no photo yet")
            .PermitReentryIf(Back, () => turn.HasPhoto, "a good photo")
            .PermitIf(Back, AskName, () => !turn.HasPhoto, "no photo yet")
            .PermitReentry(AddChild)
            .PermitReentry(MyChildren)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Home);

        machine.Configure(AskWhichFace)
            .OnEntryFrom(Photo, turn.SayPhotoWaits)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(MyChildren, turn.SayChildren)
            .OnEntryFrom(Unclear, turn.SayNumberPlease)
            .OnEntryAsync(_ => turn.AskWhichFaceAsync())
            .PermitIf(GoodFace, ConfirmFace, () => turn.IsLastPhoto, "the tenth")
            .PermitIf(GoodFace, AskPhotos, () => !turn.IsLastPhoto, "not the tenth")
            .Permit(PoorPhoto, AskPhotos)
            .Permit(OtherPerson, AskSamePerson)
            .Permit(NotInPhoto, AskPhotos)
            .Permit(No, AskPhotos)
            .Permit(Back, AskPhotos)
            .PermitReentry(Photo)
            .PermitReentry(MyChildren)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Home);

        machine.Configure(AskSamePerson)
            .OnEntryFrom(Photo, turn.SayPhotoWaits)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(MyChildren, turn.SayChildren)
            .OnEntryFrom(Unclear, turn.SayYesOrNo)
            .OnEntry(turn.AskSamePerson)
            .PermitIf(Yes, ConfirmFace, () => turn.IsLastPhoto, "the tenth")
            .PermitIf(Yes, AskPhotos, () => !turn.IsLastPhoto, "not the tenth")
            .Permit(No, AskPhotos)
            .Permit(Back, AskPhotos)
            .PermitReentry(Photo)
            .PermitReentry(MyChildren)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Home);

        machine.Configure(ConfirmFace)
            .OnEntryFrom(GoodFace, turn.KeepPhoto)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(MyChildren, turn.SayChildren)
            .OnEntryFrom(Unclear, turn.SayYesOrNo)
            .OnEntryFrom(Yes, turn.KeepPhoto)
            .OnEntryAsync(_ => turn.AskFaceAsync())
            .Permit(Yes, AskConsent)
            .Permit(No, AskPhotos)
            .Permit(Back, AskPhotos)
            .Permit(Photo, AskPhotos)
            .PermitReentry(MyChildren)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Home);

        machine.Configure(AskConsent)
            .OnEntryFrom(Help, turn.SayHelp)
            .OnEntryFrom(MyChildren, turn.SayChildren)
            .OnEntryFrom(Unclear, turn.SayYesOrNo)
            .OnEntry(turn.AskConsent)
            .Permit(Yes, Home)
            .Permit(No, Home)
            .Permit(Back, ConfirmFace)
            .Permit(Photo, AskPhotos)
            .PermitReentry(MyChildren)
            .PermitReentry(Help)
            .PermitReentry(Unreadable)
            .PermitReentry(Unclear)
            .Permit(Cancel, Home);

        return machine;
    }
}
