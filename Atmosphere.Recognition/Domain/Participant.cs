namespace Atmosphere.Recognition.Domain;

/// <summary>A user of the bot.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Channel">directline, botframework or whatsapp.</param>
/// <param name="Address">The channel's id of the private conversation.</param>
/// <param name="Reference">JSON that the channel needs to start a conversation.</param>
/// <param name="Language">BCP 47, such as "en".</param>
public sealed record Participant(ParticipantId Id, string Channel, string Address, string Reference, string Language)
{
    /// <summary>Opted out: only replies to their own messages are sent.</summary>
    public bool HasStopped { get; init; }

    /// <summary>Paused: no photos are sent until they resume.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Gets one album in the evening instead of single photos.</summary>
    public bool WantsAlbum { get; init; }
}
