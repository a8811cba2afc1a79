using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>The flow of learning persons, of requests about them, and of the erasure of persons, participants and groups.</summary>
public static class PersonsFlow
{
    // Erasure must not fail: retried for most of an hour, then an operator must act.
    private static readonly RetryPolicy _erasing = new(12, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));

    // The colleagues' channel may be unavailable for a while.
    private static readonly RetryPolicy _telling = new(10, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));

    private const string Incomplete = "erasure incomplete, dead letter";

    public static FlowTable Table { get; } = new("persons",
    [
        StepRow.Of<Enrolment.ConnectPerson, Messages.ConnectPerson>(
            "persons", [typeof(PersonConnected), typeof(Messages.GiveUpPerson), typeof(RequestMade), typeof(HeldFaceChanged), typeof(RegistrationWaits), typeof(DistributePhoto), typeof(LookAlikeLearned), typeof(PersonTaught), typeof(Messages.ConnectPerson)], exhausted: "GiveUpPerson"),
        StepRow.Of<Enrolment.GiveUpPerson, Messages.GiveUpPerson>("persons", [typeof(PersonNotConnected), typeof(RequestMade), typeof(HeldFaceChanged)], exhausted: "person failed"),
        StepRow.Of<Erasure.DeleteUser, Messages.DeleteUser>("persons", [typeof(Messages.DeleteFaces)], _erasing, exhausted: Incomplete),
        StepRow.Of<Erasure.DeleteFaces, Messages.DeleteFaces>("persons", [typeof(Messages.DeletePersonEntry)], _erasing, exhausted: Incomplete),
        StepRow.Of<Erasure.DeletePersonEntry, Messages.DeletePersonEntry>(
            "persons", [typeof(Messages.ProveErasure), typeof(DistributePhoto), typeof(PhotoOvertaken)], _erasing, exhausted: Incomplete),
        StepRow.Of<Erasure.ForgetParticipant, Messages.ForgetParticipant>(
            "participants-forgotten", [typeof(ParticipantForgotten), typeof(Messages.DeleteParticipantEntry), typeof(Messages.DeleteUser), typeof(PersonRemoved), typeof(OwnershipPassed)], _erasing, exhausted: Incomplete),
        StepRow.Of<Erasure.DeleteParticipantEntry, Messages.DeleteParticipantEntry>(
            "participants-forgotten", [typeof(Messages.ProveErasure), typeof(Messages.DeleteUser), typeof(PersonRemoved), typeof(OwnershipPassed)], _erasing, exhausted: Incomplete),
        StepRow.Of<Erasure.EndGroup, Messages.EndGroup>(
            "groups-ended", [typeof(Messages.ForgetParticipant), typeof(Messages.ProveErasure)], _erasing, exhausted: Incomplete),
        StepRow.Of<Erasure.ProveErasure, Messages.ProveErasure>("erasures-to-prove", [typeof(PersonErased)], _erasing, exhausted: Incomplete),
        // In the erasure queue with the same key, so that a person is not removed from the collection while a face is added.
        StepRow.Of<LearnMore, LearnMorePhotos>(
            "persons", [typeof(MorePhotosLearned), typeof(PersonTaught), typeof(LearnMorePhotos), typeof(RequestMade), typeof(HeldFaceChanged)], exhausted: "its faces and photos are deleted, the parent is told"),
        StepRow.Of<Enrolment.LearnHeldFace, Messages.LearnHeldFace>(
            "persons", [typeof(MorePhotosLearned), typeof(PersonTaught), typeof(Messages.LearnHeldFace)], exhausted: "the face is not learned, its pictures are deleted, the parent is told"),
        StepRow.Of<Requests.CheckFirstMatches, Messages.CheckFirstMatches>("persons", [typeof(RequestMade), typeof(HeldFaceChanged)], exhausted: "the next round"),
        StepRow.Of<Requests.ShowHeldFace, HeldFaceChanged>("colleagues-held-faces", [typeof(HeldFaceChanged)], _telling, exhausted: "post unknown, dead letter"),
        StepRow.Of<Requests.StoreHeldFaceVote, HeldFaceVoted>(
            "held-face-votes", [typeof(ColleagueVoted), typeof(HeldFaceChanged), typeof(Messages.LearnHeldFace), typeof(Messages.ConnectPerson), typeof(Messages.GiveUpPerson), typeof(RequestEnded), typeof(DistributePhoto), typeof(FaceNotIdentified), typeof(QuestionChanged), typeof(Messages.LookAfterRequests)]),
        StepRow.Of<Requests.LookAfterRequests, Messages.LookAfterRequests>(
            "person-requests", [typeof(RequestMade), typeof(HeldFaceChanged), typeof(RequestEnded), typeof(DistributePhoto), typeof(Messages.DeleteUser), typeof(Messages.LearnHeldFace), typeof(Messages.ConnectPerson), typeof(Messages.CheckFirstMatches), typeof(NewPhotosWanted), typeof(FaceNotIdentified), typeof(QuestionChanged)], exhausted: "the next round"),
    ])
    {
        Doors = [DoorRow.Http<Requests.HeldFaceVotes>("colleague", [typeof(HeldFaceVoted)])],
        Timers = [TimerRow.Of("requests", "40 * * * *", "UTC", due => new Messages.LookAfterRequests(due))],
    };
}
