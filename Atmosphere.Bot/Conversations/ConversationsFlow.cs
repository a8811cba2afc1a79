using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Conversations.Forgetting;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Conversations.Reminders;
using Atmosphere.Bot.Conversations.Requests;
using Atmosphere.Bot.Conversations.Sharing;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Conversations;

/// <summary>What the bot does behind its doors, as a table.</summary>
internal static class ConversationsFlow
{
    public static FlowTable Table { get; } = new(
        "conversations",
        [
            StepRow.Of<RunTurn, ConversationTurn>(
                "conversation-turns",
                [
                    typeof(Recognition.Messages.ConnectPerson), typeof(ReplyWaiting), typeof(SendMedia), typeof(UploadsDiscarded), typeof(DeleteUser), typeof(ForgetParticipant),
                    typeof(FaceQuestioned), typeof(LearnMorePhotos), typeof(RequestEnded), typeof(DistributePhoto), typeof(GuardianJoined), typeof(PersonRemoved), typeof(OwnershipPassed), typeof(FaceTagReceived), typeof(FaceIdentificationUndone),
                ],
                workers: 2,
                exhausted: "the parent is told that it failed"),
            StepRow.Of<SendReply, ReplyWaiting>("conversation-replies", [], workers: 2, exhausted: "dead letter, the reply is refused"),
            StepRow.Of<DiscardUploads, UploadsDiscarded>("conversation-uploads-discarded", []),
            StepRow.Of<TellConnected, PersonConnected>("person-connected", [typeof(InvitedConnected)]),
            StepRow.Of<AnswerInvitation, InvitedConnected>("invited-connected", [typeof(FaceTagReceived)]),
            StepRow.Of<TellNotConnected, PersonNotConnected>("person-not-connected", []),
            StepRow.Of<TellErased, PersonErased>("person-erased", []),
            StepRow.Of<TellOwner, OwnershipPassed>("ownership-passed", []),
            StepRow.Of<TellRemoved, PersonRemoved>("person-removed", []),
            StepRow.Of<SayLastWord, ParticipantForgotten>("participant-forgotten", [typeof(DeleteParticipantEntry)], exhausted: "DeleteParticipantEntry"),
            StepRow.Of<TellMorePhotos, MorePhotosLearned>("more-photos-learned", []),
            StepRow.Of<TellRequest, RequestMade>("request-made", []),
            StepRow.Of<TellRequestEnded, RequestEnded>("request-ended", []),
            StepRow.Of<TellLookAlike, LookAlikeLearned>("look-alike-learned", []),
            StepRow.Of<TellGuardianJoined, GuardianJoined>("guardian-joined", []),
            StepRow.Of<RemindOfRegistrations, RegistrationsAwaited>("registrations-awaited", [typeof(RegistrationRests)], exhausted: "the next round"),
            StepRow.Of<TellRegistrationRests, RegistrationRests>("registration-rests", []),
        ])
    {
        Timers = [TimerRow.Of("registrations", "*/10 * * * *", "UTC", due => new RegistrationsAwaited(due))],
    };
}
