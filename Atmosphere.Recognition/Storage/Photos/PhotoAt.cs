using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>How far a group's photos are gone through: oldest first, those of one moment by id.</summary>
internal sealed record PhotoAt
{
    /// <summary>Before the first.</summary>
    public static PhotoAt Start { get; } = new() { Id = new PhotoId(""), ReceivedAt = 0 };

    public PhotoId Id { get; init; }

    public long ReceivedAt { get; init; }
}
