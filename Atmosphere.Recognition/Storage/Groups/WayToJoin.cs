namespace Atmosphere.Recognition.Storage;

/// <summary>
/// How a participant joins a group, or becomes guardian of a child in it. Every write that adds a member or a guardian names its way, and a test
/// has a row for each way: the people it lets in, and those it does not.
/// </summary>
public enum WayToJoin
{
    /// <summary>They visit the playground, the chat page or the Emulator on this machine, while nothing is open to the outside.</summary>
    Playground,

    /// <summary>A teacher posted their code in a chat group: the group is linked, and the teacher answers for it.</summary>
    GroupCode,

    /// <summary>A container signed that they wrote in the chat group.</summary>
    ContainerEvents,

    /// <summary>WAHA lists them as members of the chat group, or tells that they joined or wrote.</summary>
    WahaParticipants,

    /// <summary>Twilio lists them as participants of the conversation, or tells that they joined or wrote.</summary>
    TwilioParticipants,

    /// <summary>They typed the code of an invitation.</summary>
    Invitation,

    /// <summary>They typed the code that another guardian shared, and consented.</summary>
    ShareCode,

    /// <summary>They asked to become a guardian, and the owner said yes.</summary>
    OwnersYes,

    /// <summary>An operator put them there.</summary>
    Operator,
}

internal static class WayToJoinNames
{
    /// <summary>As it is stored.</summary>
    public static string Stored(this WayToJoin way) => way.ToString().ToLowerInvariant();
}
