using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Outbound;

/// <summary>
/// Asks colleagues, who know the children, about faces. A post cannot be rolled back with a transaction. So pictures are uploaded first:
/// nobody sees them yet, and an upload may be repeated. Then the question is posted once, with its id. After a crash in between, the
/// channel is searched for that id.
/// </summary>
/// <remarks>
/// Every call throws a <see cref="Messaging.TryLaterException"/> if it certainly had no effect and a retry may succeed, a
/// <see cref="Messaging.HopelessException"/> if it certainly had no effect and never will. After any other exception the effect is unknown.
/// </remarks>
public interface IColleagues
{
    /// <summary>Whether a channel to colleagues is connected; if not, nothing is posted.</summary>
    bool Listening { get; }

    /// <summary>Uploads a picture to the channel. Nobody sees it before a question shows it.</summary>
    /// <param name="picture">A JPEG file without EXIF.</param>
    /// <returns>The channel's id of the picture.</returns>
    Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation);

    /// <summary>Posts a question with its pictures and buttons.</summary>
    Task<ColleaguePost> AskAsync(QuestionView question, CancellationToken cancellation);

    /// <summary>Posts a held face with its picture and two buttons.</summary>
    Task<ColleaguePost> AskAsync(HeldFaceView held, CancellationToken cancellation);

    /// <summary>Shows that nothing has to be answered about a held face any more, without its picture. A post that was deleted is no error.</summary>
    /// <param name="held">Id of the post.</param>
    Task EndAsync(ColleaguePost post, QuestionId held, CancellationToken cancellation);

    /// <summary>Finds out whether a question was posted.</summary>
    /// <param name="since">A time before it was posted.</param>
    Task<PostSearch> FindAsync(QuestionId question, DateTimeOffset since, CancellationToken cancellation);

    /// <summary>Updates a post to the question's current state. A post that was deleted is no error.</summary>
    Task UpdateAsync(ColleaguePost post, QuestionView question, CancellationToken cancellation);

    /// <summary>Posts a text.</summary>
    /// <param name="notice">The text.</param>
    /// <param name="about">The post to reply to; null: a new post.</param>
    Task TellAsync(ColleagueNotice notice, ColleaguePost? about, CancellationToken cancellation);

    /// <summary>Deletes a picture from the channel, shown or not. A picture that is already deleted is no error.</summary>
    Task WithdrawAsync(string picture, CancellationToken cancellation);

    /// <summary>Looks up a colleague.</summary>
    /// <param name="voter">slack:ID.</param>
    /// <returns>Null: the channel does not know the user, or the user is not a person.</returns>
    Task<Colleague?> LookUpAsync(string voter, CancellationToken cancellation);
}

/// <param name="Text">Key of the text in dialogs/.</param>
/// <param name="Values">Values for the text's placeholders.</param>
public sealed record ColleagueNotice(string Text, IReadOnlyDictionary<string, string> Values);

/// <param name="Channel">The channel's id of the room.</param>
/// <param name="Id">The channel's id of the message.</param>
public sealed record ColleaguePost(string Channel, string Id);

/// <param name="Name">The display name.</param>
/// <param name="Mail">Null if the channel does not tell it.</param>
public sealed record Colleague(string Name, string? Mail);

/// <param name="State">The channel's answer.</param>
/// <param name="Post">The post, if it was found.</param>
public sealed record PostSearch(PostState State, ColleaguePost? Post = null);

public enum PostState
{
    /// <summary>The question was posted.</summary>
    Posted,

    /// <summary>The question was not posted.</summary>
    NotPosted,

    /// <summary>The channel has the question but does not say yet whether it is visible.</summary>
    Unsettled,
}
