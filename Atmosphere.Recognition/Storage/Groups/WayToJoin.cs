namespace Atmosphere.Recognition.Storage;

/// <summary>
/// How somebody comes to be in a group, or guardian of a child in it. Every write that lets somebody in names its way, and each way has a row of who
/// gets in by it, and who does not, in the tests.
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
