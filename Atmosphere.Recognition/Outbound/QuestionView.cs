using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Outbound;

/// <summary>The current state of a question, for display. Contains names: never log or queue it.</summary>
/// <param name="GroupName">Name of the group.</param>
public sealed record QuestionView(QuestionId Id, QuestionKind Kind, QuestionState State, GroupId Group, string GroupName)
{
    /// <summary>The face shown.</summary>
    public required FaceId Face { get; init; }

    public required PhotoId Photo { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the question last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The channel's id of the picture of the face; null: not shown.</summary>
    public string? Thumbnail { get; init; }

    /// <summary>The channel's id of the picture with the surroundings; null: not shown.</summary>
    public string? ZoomIn { get; init; }

    /// <summary>The number of photos in which the face was found.</summary>
    public int Photos { get; init; }

    /// <summary>The number of photos sent to guardians since the decision.</summary>
    public int Delivered { get; init; }

    /// <summary>Registered persons that the face resembles, most similar first, at most five.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];

    /// <summary>The votes, oldest first.</summary>
    public IReadOnlyList<VoteView> Votes { get; init; } = [];

    /// <summary>The number of equal votes needed for a decision.</summary>
    public int Needed { get; init; }

    /// <summary>Check, Identified: the person that the question is about.</summary>
    public Suggestion? About { get; init; }

    /// <summary>The decision.</summary>
    public TagAnswer? Answer { get; init; }

    /// <summary>The person decided on, with the answer <see cref="TagAnswer.Person"/>.</summary>
    public Suggestion? Person { get; init; }

    /// <summary>Refused, expired: key of the text that gives the reason.</summary>
    public string? Reason { get; init; }
}

/// <param name="Similarity">0 to 100; null: not compared.</param>
public sealed record Suggestion(PersonId Person, string Name, float? Similarity);

/// <param name="Voter">slack:ID, or participant:ID.</param>
/// <param name="Name">Name of the person, with the answer <see cref="TagAnswer.Person"/>.</param>
public sealed record VoteView(string Voter, TagAnswer Answer, PersonId? Person, string? Name, DateTimeOffset At);
