using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>A position in a group's photos: oldest first, then by id.</summary>
internal sealed record PhotoAt
{
    /// <summary>Before the first photo.</summary>
    public static PhotoAt Start { get; } = new() { Id = new PhotoId(""), ReceivedAt = 0 };

    public PhotoId Id { get; init; }

    public long ReceivedAt { get; init; }
}
