using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>A photo was posted in a linked group; where it is, is in the row.</summary>
/// <param name="File">Id of the row.</param>
/// <param name="NotBefore">When it may be looked at, where whoever posted it has posted more than their share; it is fetched at once.</param>
internal sealed record GroupPhotoPosted(string File, DateTimeOffset NotBefore) : IMessage;

/// <summary>A chat group was linked: the bot is to introduce itself there.</summary>
internal sealed record GroupLinked(GroupId Group) : IMessage;

/// <summary>Ask who is in every linked group.</summary>
/// <param name="Due">When it was due.</param>
internal sealed record MembersDue(DateTimeOffset Due) : IMessage;

/// <summary>Ask the carrier who is in the group.</summary>
internal sealed record GroupMembersWanted(GroupId Group) : IMessage
{
    public string? OrderKey => Group.Value;
}

/// <summary>The teacher who linked, or wanted to link, a group is to know something about it.</summary>
/// <param name="Teacher">Who is told.</param>
/// <param name="Notice">What.</param>
/// <param name="Group">About which group; null: it may be erased by then.</param>
/// <param name="Occasion">Names the notice for ever: told twice, it appears once.</param>
internal sealed record TeacherToTell(ParticipantId Teacher, TeacherNotice Notice, GroupId? Group, string Occasion) : IMessage;

internal enum TeacherNotice
{
    /// <summary>The group is linked, and the bot introduced itself there.</summary>
    Linked,

    /// <summary>The group is linked, but the bot could not write there.</summary>
    LinkedInSilence,

    /// <summary>The chat of this group was linked already; the code was not used.</summary>
    LinkedBefore,

    /// <summary>The code was used before, or has expired.</summary>
    CodeOver,

    /// <summary>Somebody else posted the code, or somebody whose number is hidden; it can still be used.</summary>
    PostedByOther,

    /// <summary>The bot is not in the group any more: everything of it is erased.</summary>
    Ended,
}
