using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Tagging.Voting;

/// <summary>A guardian says who is in a photo of the group in which nobody was recognised. What they say is a vote that colleagues check.</summary>
public interface IForwardedPhotos
{
    /// <summary>Looks for the group's own copy of the photo, and in it for the face that is most like the child. Keeps nothing.</summary>
    /// <exception cref="PhotoRefusedException">It is no photo that can be read.</exception>
    /// <exception cref="MediaNotFoundException">The file is gone.</exception>
    Task<ForwardedPhoto> LookAsync(MediaKey file, string name, PersonId person, CancellationToken cancellation);

    /// <summary>Writes the vote down and asks colleagues; the same one again changes nothing.</summary>
    /// <returns>False where the participant is no guardian of the person, or consent does not stand.</returns>
    Task<bool> VoteAsync(Session session, ParticipantId participant, PersonId person, ForwardedPhoto photo);
}

/// <param name="Outcome">What was found.</param>
/// <param name="Photo">The group's copy.</param>
/// <param name="Face">The face to vote for.</param>
public sealed record ForwardedPhoto(ForwardedOutcome Outcome, PhotoId? Photo = null, FaceId? Face = null);

public enum ForwardedOutcome
{
    /// <summary>There is a face that may be the child.</summary>
    Found,

    /// <summary>No photo of the group that is still there looks like it.</summary>
    NotOfTheGroup,

    /// <summary>The child is recognised in it.</summary>
    KnownAlready,

    /// <summary>No face in it is like the child.</summary>
    NobodyLikeIt,
}
