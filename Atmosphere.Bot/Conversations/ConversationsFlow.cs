using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Channels.Telling;
using Atmosphere.Bot.Conversations.Forgetting;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Conversations.Reminders;
using Atmosphere.Bot.Conversations.Running;
using Atmosphere.Bot.Conversations.Sharing;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Conversations;

/// <summary>The flow of conversations, as a table.</summary>
internal static class ConversationsFlow
{
    public static FlowTable Table { get; } = new(
        "conversations",
        [
            StepRow.Of<RunTurn, ConversationTurn>(
                "conversation-turns",
                [
                    typeof(Recognition.Messages.ConnectPerson), typeof(GiveUpPerson), typeof(LookAfterRequests), typeof(ReplyWaiting), typeof(SendMedia), typeof(UploadsDiscarded), typeof(DeleteUser), typeof(ForgetParticipant),
                    typeof(FaceQuestioned), typeof(LearnMorePhotos), typeof(LearnHeldFace), typeof(HeldFaceChanged), typeof(RequestEnded), typeof(DistributePhoto), typeof(GuardianJoined), typeof(PersonRemoved), typeof(OwnershipPassed), typeof(FaceTagReceived), typeof(FaceIdentificationUndone), typeof(FaceNotIdentified), typeof(QuestionChanged),
                ],
                workers: 2,
                exhausted: "the parent is told that it failed"),
            StepRow.Of<SendReply, ReplyWaiting>("conversation-replies", [], workers: 2, exhausted: "dead letter, the reply is refused"),
            StepRow.Of<DiscardUploads, UploadsDiscarded>("conversation-uploads-discarded", []),
            TellingTables.Tells<PersonConnected>("TellConnected", "person-connected", typeof(InvitedConnected)),
            StepRow.Of<AnswerInvitation, InvitedConnected>("invited-connected", [typeof(FaceTagReceived)]),
            TellingTables.Tells<PersonNotConnected>("TellNotConnected", "person-not-connected"),
            TellingTables.Tells<RegistrationWaits>("TellWaits", "registration-waits"),
            TellingTables.Tells<PersonErased>("TellErased", "person-erased"),
            TellingTables.Tells<OwnershipPassed>("TellOwner", "ownership-passed"),
            TellingTables.Tells<PersonRemoved>("TellRemoved", "person-removed"),
            StepRow.Of<SayLastWord, ParticipantForgotten>("participant-forgotten", [typeof(DeleteParticipantEntry)], exhausted: "DeleteParticipantEntry"),
            TellingTables.Tells<MorePhotosLearned>("TellMorePhotos", "more-photos-learned"),
            TellingTables.Tells<NewPhotosWanted>("TellNewPhotosWanted", "new-photos-wanted"),
            TellingTables.Tells<RequestMade>("TellRequest", "request-made"),
            TellingTables.Tells<RequestEnded>("TellRequestEnded", "request-ended"),
            TellingTables.Tells<LookAlikeLearned>("TellLookAlike", "look-alike-learned"),
            TellingTables.Tells<GuardianJoined>("TellGuardianJoined", "guardian-joined"),
            StepRow.Of<RemindOfRegistrations, RegistrationsAwaited>("registrations-awaited", [typeof(RegistrationRests)], exhausted: "the next round"),
            TellingTables.Tells<RegistrationRests>("TellRegistrationRests", "registration-rests"),
        ])
    {
        Timers = [TimerRow.Of("registrations", "*/10 * * * *", "UTC", due => new RegistrationsAwaited(due))],
    };
}
