using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Outbound;

/// <summary>
/// The way to colleagues who know the children. A post cannot be taken back into a transaction: pictures are uploaded first, which nobody
/// sees and which may be repeated; then the question is posted, once, with its id in it; after a crash in between the channel is asked for
/// that id.
/// </summary>
/// <remarks>
/// Every call throws a <see cref="Messaging.TryLaterException"/> when it surely had no effect and may have one later, a
/// <see cref="Messaging.HopelessException"/> when it surely had none and never will; after any other exception nobody knows.
/// </remarks>
public interface IColleagues
{
    /// <summary>Whether there is anybody to ask; where there is not, nothing is posted.</summary>
    bool Listening { get; }

    /// <summary>Brings a picture to the channel. Nobody sees it before a question shows it.</summary>
    /// <param name="picture">A JPEG file without EXIF.</param>
    /// <returns>The channel's id of the picture.</returns>
    Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation);

    /// <summary>Posts a question with its pictures and buttons.</summary>
    Task<ColleaguePost> AskAsync(QuestionView question, CancellationToken cancellation);

    /// <summary>Whether a question was posted.</summary>
    /// <param name="since">Not before it was posted.</param>
    Task<PostSearch> FindAsync(QuestionId question, DateTimeOffset since, CancellationToken cancellation);

    /// <summary>Shows in a post how the question stands now; a post that is gone is no error.</summary>
    Task UpdateAsync(ColleaguePost post, QuestionView question, CancellationToken cancellation);

    /// <summary>Says something in words.</summary>
    /// <param name="notice">The words.</param>
    /// <param name="about">Under which post; null: by itself.</param>
    Task TellAsync(ColleagueNotice notice, ColleaguePost? about, CancellationToken cancellation);

    /// <summary>Deletes a picture from the channel, shown or not; what is gone already is no error.</summary>
    Task WithdrawAsync(string picture, CancellationToken cancellation);

    /// <summary>Who somebody is.</summary>
    /// <param name="voter">slack:ID.</param>
    /// <returns>Null: the channel does not know, or it is no person.</returns>
    Task<Colleague?> LookUpAsync(string voter, CancellationToken cancellation);
}

/// <param name="Text">Key of the sentence in dialogs/.</param>
/// <param name="Values">What the sentence needs.</param>
public sealed record ColleagueNotice(string Text, IReadOnlyDictionary<string, string> Values);

/// <param name="Channel">The channel's id of the room.</param>
/// <param name="Id">The channel's id of the message.</param>
public sealed record ColleaguePost(string Channel, string Id);

/// <param name="Name">As they call themselves.</param>
/// <param name="Mail">Null: the channel does not say.</param>
public sealed record Colleague(string Name, string? Mail);

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
