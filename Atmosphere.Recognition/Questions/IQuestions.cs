using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>Reads questions for display in a channel.</summary>
public interface IQuestions
{
    /// <summary>The current state of a question; null if there is none.</summary>
    Task<QuestionView?> FindAsync(Session session, QuestionId question);

    /// <summary>Open questions, oldest first; those that the voter has answered come last.</summary>
    /// <param name="groups">Only these groups; null: all.</param>
    /// <param name="voter">The viewer; null: nobody in particular.</param>
    /// <param name="most">Maximum number.</param>
    Task<IReadOnlyList<QuestionView>> WaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups, string? voter, int most);

    /// <summary>The number of open questions.</summary>
    Task<int> CountWaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups);

    /// <summary>
    /// Persons whom the face may be tagged as: registered in the question's group with consent, best match first, then by name.
    /// </summary>
    /// <param name="typed">Any part of the name; empty: all.</param>
    /// <param name="most">Maximum number.</param>
    Task<IReadOnlyList<Suggestion>> PersonsAsync(Session session, QuestionId question, string typed, int most);

    /// <summary>Statistics of the last seven days.</summary>
    Task<WeekOfTags> WeekAsync(Session session);

    /// <summary>A picture of the face shown by a question, as JPEG without EXIF; null if it is gone.</summary>
    /// <param name="surroundings">True: with its surroundings, 600 pixels wide; false: the face alone.</param>
    Task<byte[]?> PictureAsync(QuestionId question, bool surroundings, CancellationToken cancellation);
}

/// <param name="Asked">Number of questions asked.</param>
/// <param name="Decided">Number of questions decided.</param>
/// <param name="Photos">Number of photos delivered to guardians because of tags.</param>
/// <param name="Helpers">The voters, most votes first, at most ten.</param>
public sealed record WeekOfTags(int Asked, int Decided, int Photos, IReadOnlyList<Helper> Helpers);

/// <param name="Voter">slack:ID or participant:ID.</param>
/// <param name="Name">Null: unknown.</param>
public sealed record Helper(string Voter, string? Name, int Votes);
