using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Outbound;

/// <summary>Hands mails to a mail server.</summary>
public interface IMail
{
    /// <summary>Whether a mail server is set.</summary>
    bool Connected { get; }

    /// <summary>Connects and authenticates.</summary>
    /// <exception cref="TryLaterException">The server cannot be reached or trusted, or refuses the user; the message says what to check.</exception>
    Task<IMailLine> ConnectAsync(CancellationToken cancellation);
}

/// <summary>A connection to a mail server, ready for one mail.</summary>
public interface IMailLine : IAsyncDisposable
{
    Task<MailAnswer> SendAsync(WrittenMail mail, CancellationToken cancellation);
}

/// <summary>The server's answer to one mail.</summary>
public enum MailVerdict
{
    /// <summary>The server has the mail.</summary>
    Accepted,

    /// <summary>A later attempt may succeed: 4xx, or the connection ended before the mail was handed over.</summary>
    Later,

    /// <summary>No attempt will succeed: 5xx.</summary>
    Refused,

    /// <summary>The connection ended after the mail was handed over and before the answer.</summary>
    Unknown,
}

/// <param name="Words">What the server said, without the recipient's address.</param>
public sealed record MailAnswer(MailVerdict Verdict, string Words);

/// <summary>Writes mails: Recognition knows the figures, the bot knows the languages and the links.</summary>
public interface IMailTexts
{
    Task<WrittenMail> WriteAsync(MailDraft draft, CancellationToken cancellation);
}

/// <summary>What a mail is about.</summary>
/// <param name="Subscriber">The recipient.</param>
/// <param name="Group">The group's name.</param>
/// <param name="Report">Null: the mail asks whether the subscriber wants reports.</param>
/// <param name="Names">Null: the recipient is not the group's teacher, and no name is sent.</param>
/// <param name="CreatedAt">Milliseconds since 1970-01-01 UTC.</param>
public sealed record MailDraft(MailId Id, ReportSubscriber Subscriber, string Group, Report? Report, ReportNames? Names, long CreatedAt);

/// <summary>Names for the group's teacher, each list in alphabetical order.</summary>
/// <param name="Seen">Children in at least one photo of the period.</param>
/// <param name="NotSeen">Children in none.</param>
/// <param name="Helpers">Colleagues who answered questions.</param>
/// <param name="Faces">The learned faces of those of the seen children whose guardians have agreed to it.</param>
public sealed record ReportNames(IReadOnlyList<string> Seen, IReadOnlyList<string> NotSeen, IReadOnlyList<string> Helpers, IReadOnlyList<ReportFace> Faces)
{
    public bool Equals(ReportNames? other) =>
        other is not null && Seen.SequenceEqual(other.Seen) && NotSeen.SequenceEqual(other.NotSeen) && Helpers.SequenceEqual(other.Helpers) && Faces.SequenceEqual(other.Faces);

    public override int GetHashCode() => HashCode.Combine(Seen.Count, NotSeen.Count, Helpers.Count);
}

/// <param name="Picture">File of the learned face.</param>
public sealed record ReportFace(string Name, MediaKey Picture);

/// <summary>A mail ready to be sent.</summary>
/// <param name="Name">The part of the Message-ID before the @: the same for every attempt.</param>
/// <param name="Html">References pictures as cid:NAME.</param>
/// <param name="Unsubscribe">Where one POST ends the subscription; null: the mail belongs to none.</param>
public sealed record WrittenMail(
    string Name, string To, string Language, string Subject, string Html, string Text, IReadOnlyList<MailPicture> Pictures, Uri? Unsubscribe, DateTimeOffset Date);

/// <param name="Name">Its Content-ID before the @, and its file name without the ending.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Format">png or jpeg.</param>
public sealed record MailPicture(string Name, byte[] Bytes, string Format = "png");
