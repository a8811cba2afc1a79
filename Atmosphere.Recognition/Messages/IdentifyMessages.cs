using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>While the faces of the photo were decided, somebody was taught: those that nobody knows are looked at once more.</summary>
public sealed record PhotoOvertaken(PhotoId Photo, GroupId Group) : IMessage
{
    public string OrderKey => Group.Value;
}

/// <summary>What a group's persons were taught was looked at; colleagues are told.</summary>
/// <param name="Learned">Faces that tags taught since the last time, and that are kept.</param>
/// <param name="Dropped">Those of them, and older ones, that did not fit and were dropped.</param>
/// <param name="Doubtful">Faces of registrations that do not fit; they are kept.</param>
public sealed record TrainingEnded(GroupId Group, int Learned, int Dropped, int Doubtful) : IMessage
{
    public string OrderKey => Group.Value;
}
