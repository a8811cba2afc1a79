using Atmosphere.Bot.Channels.Telling;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>The flow of chat group events, as a table.</summary>
internal static class GroupsFlow
{
    // A carrier may be unavailable for a while: ten attempts, the last after about a quarter of an hour.
    private static readonly RetryPolicy _patient = new(10, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));

    public static FlowTable Table { get; } = new(
        "groups",
        [
            StepRow.Of<HandleGroupEvent, GroupEventReceived>(
                "whatsapp-group-events", [typeof(GroupPhotoPosted), typeof(GroupLinked), typeof(GroupMembersWanted), typeof(TeacherToTell), typeof(ConversationTurn), typeof(WithdrawPhoto)],
                _patient, workers: 2, exhausted: "dead letter, what it told of people is forgotten"),
            StepRow.Of<TakeGroupPhoto, GroupPhotoPosted>("whatsapp-group-photos", [typeof(GroupMessageReceived)], _patient, workers: 4, exhausted: "dead letter, a notification"),
            StepRow.Of<IntroduceInGroup, GroupLinked>("whatsapp-group-linked", [typeof(TeacherToTell)], _patient, exhausted: "the teacher is told"),
            StepRow.Of<RefreshGroupMembers, GroupMembersWanted>("whatsapp-group-members", [], _patient),
            StepRow.Of<CheckGroupMembers, MembersDue>("whatsapp-group-members-due", [typeof(GroupMembersWanted)]),
            TellingTables.Tells<TeacherToTell>("TellTeacher", "whatsapp-group-notices"),
        ])
    {
        Timers = [TimerRow.Of("group-members", "25 2 * * *", "UTC", due => new MembersDue(due))],
    };
}
