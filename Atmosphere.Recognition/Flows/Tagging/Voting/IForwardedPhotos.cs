using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Tagging.Voting;

/// <summary>
/// Lets a guardian name a child in a group photo in which nobody was recognised. The statement is a vote that colleagues check.
/// </summary>
public interface IForwardedPhotos
{
    /// <summary>Finds the group's own copy of the photo, and in it the face most similar to the child. Stores nothing.</summary>
    /// <exception cref="PhotoRefusedException">The file is not a readable photo.</exception>
    /// <exception cref="MediaNotFoundException">The file is gone.</exception>
    Task<ForwardedPhoto> LookAsync(MediaKey file, string name, PersonId person, CancellationToken cancellation);

    /// <summary>Stores the vote and asks colleagues; a repeated call changes nothing.</summary>
    /// <returns>False if the participant is not a guardian of the person, or consent is not in force.</returns>
    Task<bool> VoteAsync(Session session, ParticipantId participant, PersonId person, ForwardedPhoto photo);
}

/// <param name="Outcome">The result.</param>
/// <param name="Photo">The group's copy.</param>
/// <param name="Face">The face to vote for.</param>
public sealed record ForwardedPhoto(ForwardedOutcome Outcome, PhotoId? Photo = null, FaceId? Face = null);

public enum ForwardedOutcome
{
    /// <summary>A face may be the child.</summary>
    Found,

    /// <summary>No existing photo of the group looks like it.</summary>
    NotOfTheGroup,

    /// <summary>The child is recognised in it already.</summary>
    KnownAlready,

    /// <summary>No face in it resembles the child.</summary>
    NobodyLikeIt,
}
