using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Questions;

/// <summary>What is asked, for whoever shows it.</summary>
public interface IQuestions
{
    /// <summary>A question as it stands; null where there is none.</summary>
    Task<QuestionView?> FindAsync(Session session, QuestionId question);

    /// <summary>Questions that wait for an answer, oldest first; those that the voter answered come last.</summary>
    /// <param name="groups">Only of these groups; null: of all.</param>
    /// <param name="voter">Who looks; null: nobody in particular.</param>
    /// <param name="most">At most so many.</param>
    Task<IReadOnlyList<QuestionView>> WaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups, string? voter, int most);

    /// <summary>How many wait.</summary>
    Task<int> CountWaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups);

    /// <summary>Persons whom the face may be given to: registered in the question's group with consent, best match first, then by name.</summary>
    /// <param name="typed">Any part of the name; empty: all.</param>
    /// <param name="most">At most so many.</param>
    Task<IReadOnlyList<Suggestion>> PersonsAsync(Session session, QuestionId question, string typed, int most);

    /// <summary>The last seven days in numbers.</summary>
    Task<WeekOfTags> WeekAsync(Session session);

    /// <summary>A picture of the face that a question shows, as JPEG without EXIF; null where it is gone.</summary>
    /// <param name="surroundings">With its surroundings, 600 pixels wide; else the face alone.</param>
    Task<byte[]?> PictureAsync(QuestionId question, bool surroundings, CancellationToken cancellation);
}

/// <param name="Asked">Questions that were asked.</param>
/// <param name="Decided">Questions that were decided.</param>
/// <param name="Photos">Photos that reached guardians because of tags.</param>
/// <param name="Helpers">Who voted, most votes first, at most ten.</param>
public sealed record WeekOfTags(int Asked, int Decided, int Photos, IReadOnlyList<Helper> Helpers);

/// <param name="Voter">slack:ID or participant:ID.</param>
/// <param name="Name">Null: not known.</param>
public sealed record Helper(string Voter, string? Name, int Votes);
