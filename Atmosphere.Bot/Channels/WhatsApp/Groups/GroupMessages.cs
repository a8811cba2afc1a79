using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>A photo was posted in a linked group; its location is in the row.</summary>
/// <param name="File">Id of the row.</param>
/// <param name="NotBefore">Earliest time of processing, if the sender has exceeded their share; the download happens at once.</param>
internal sealed record GroupPhotoPosted(string File, DateTimeOffset NotBefore) : IMessage;

/// <summary>A chat group was linked: introduce the bot there.</summary>
internal sealed record GroupLinked(GroupId Group) : IMessage;

/// <summary>Check the members of every linked group.</summary>
/// <param name="Due">When it was due.</param>
internal sealed record MembersDue(DateTimeOffset Due) : IMessage;

/// <summary>Check the members of the group with the carrier.</summary>
internal sealed record GroupMembersWanted(GroupId Group) : IMessage
{
    public string? OrderKey => Group.Value;
}

/// <summary>Tell the teacher who linked, or tried to link, a group something about it.</summary>
/// <param name="Teacher">The recipient.</param>
/// <param name="Notice">The notice.</param>
/// <param name="Group">The group; null if it may be erased by then.</param>
/// <param name="Occasion">Permanent id of the notice: sent twice, it appears once.</param>
internal sealed record TeacherToTell(ParticipantId Teacher, TeacherNotice Notice, GroupId? Group, string Occasion) : IMessage;

internal enum TeacherNotice
{
    /// <summary>The group is linked, and the bot has introduced itself there.</summary>
    Linked,

    /// <summary>The group is linked, but the bot could not write there.</summary>
    LinkedInSilence,

    /// <summary>The chat was linked before; the code was not used.</summary>
    LinkedBefore,

    /// <summary>The code was used before or has expired.</summary>
    CodeOver,

    /// <summary>Another member, or one whose number is hidden, posted the code; it can still be used.</summary>
    PostedByOther,

    /// <summary>The bot is no longer in the group: all its data is erased.</summary>
    Ended,
}
