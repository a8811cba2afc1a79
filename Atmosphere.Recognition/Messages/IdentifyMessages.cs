using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>A person learned or lost faces while the photo was being decided: match its unknown faces once more.</summary>
public sealed record PhotoOvertaken(PhotoId Photo, GroupId Group) : IMessage
{
    public string OrderKey => Group.Value;
}

/// <summary>The nightly check of a group's learned faces has ended; colleagues are told.</summary>
/// <param name="Learned">Faces learned from tags since the last check and kept.</param>
/// <param name="Dropped">Learned faces, new or old, that did not fit and were dropped.</param>
/// <param name="Doubtful">Faces of registrations that do not fit; they are kept.</param>
public sealed record TrainingEnded(GroupId Group, int Learned, int Dropped, int Doubtful) : IMessage
{
    public string OrderKey => Group.Value;
}
