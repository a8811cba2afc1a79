namespace Atmosphere.Recognition.Notices;

/// <summary>
/// The way to colleagues who know the children. A post cannot be taken back into a transaction: the picture is uploaded first, which nobody
/// sees and which may be repeated; its id is kept; then it is posted, once; after a crash in between the channel is asked for it by that id.
/// </summary>
/// <remarks>
/// Every call throws a <see cref="Messaging.TryLaterException"/> when it surely had no effect and may have one later, a
/// <see cref="Messaging.HopelessException"/> when it surely had none and never will; after any other exception nobody knows.
/// </remarks>
public interface IColleagues
{
    /// <summary>Whether there is anybody to ask; where there is not, nothing is posted.</summary>
    bool Listening { get; }

    /// <summary>Brings a picture to the channel. Nobody sees it yet; one that is never posted vanishes by itself.</summary>
    /// <param name="picture">A JPEG file without EXIF.</param>
    /// <returns>The channel's id of the picture.</returns>
    Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation);

    /// <summary>Shows an uploaded picture to the colleagues.</summary>
    Task<ColleaguePost> PostAsync(string picture, ColleagueNotice notice, CancellationToken cancellation);

    /// <summary>Whether an uploaded picture was shown.</summary>
    Task<PostSearch> FindAsync(string picture, CancellationToken cancellation);

    /// <summary>Deletes a picture from the channel, shown or not; what is gone already is no error.</summary>
    Task WithdrawAsync(string picture, CancellationToken cancellation);
}

/// <param name="Text">Key of the sentence in dialogs/.</param>
/// <param name="Values">What the sentence needs.</param>
public sealed record ColleagueNotice(string Text, IReadOnlyDictionary<string, string> Values);

/// <param name="Channel">The channel's id of the room.</param>
/// <param name="Id">The channel's id of the message; null where it does not tell at once.</param>
public sealed record ColleaguePost(string Channel, string? Id);

/// <param name="State">What the channel says.</param>
/// <param name="Post">Where it was shown.</param>
public sealed record PostSearch(PostState State, ColleaguePost? Post = null);

public enum PostState
{
    /// <summary>It was shown.</summary>
    Posted,

    /// <summary>It was not shown.</summary>
    NotPosted,

    /// <summary>The channel has it and does not say yet whether it is shown.</summary>
    Unsettled,
}
