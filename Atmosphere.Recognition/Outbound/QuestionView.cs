using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Outbound;

/// <summary>A question as it stands now, for whoever shows it. It holds names: it is never logged or queued.</summary>
/// <param name="GroupName">Name of the group.</param>
public sealed record QuestionView(QuestionId Id, QuestionKind Kind, QuestionState State, GroupId Group, string GroupName)
{
    /// <summary>The face that is shown.</summary>
    public required FaceId Face { get; init; }

    public required PhotoId Photo { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it last became what it is.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The channel's id of the picture of the face; null: none is shown.</summary>
    public string? Thumbnail { get; init; }

    /// <summary>The channel's id of the picture of the surroundings; null: none is shown.</summary>
    public string? ZoomIn { get; init; }

    /// <summary>In how many photos the face was found.</summary>
    public int Photos { get; init; }

    /// <summary>How many photos went to guardians since it was decided.</summary>
    public int Delivered { get; init; }

    /// <summary>Registered persons it is like, most similar first, at most five.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];

    /// <summary>What was said, oldest first.</summary>
    public IReadOnlyList<VoteView> Votes { get; init; } = [];

    /// <summary>How many equal votes decide.</summary>
    public int Needed { get; init; }

    /// <summary>Check, Identified: of whom something was said.</summary>
    public Suggestion? About { get; init; }

    /// <summary>What was decided.</summary>
    public TagAnswer? Answer { get; init; }

    /// <summary>Who it is, with the answer <see cref="TagAnswer.Person"/>.</summary>
    public Suggestion? Person { get; init; }

    /// <summary>Refused, expired: key of the sentence that says why.</summary>
    public string? Reason { get; init; }
}

/// <param name="Similarity">0 to 100; null: it was not compared.</param>
public sealed record Suggestion(PersonId Person, string Name, float? Similarity);

/// <param name="Voter">slack:ID, or participant:ID.</param>
/// <param name="Name">Of the person, with the answer <see cref="TagAnswer.Person"/>.</param>
public sealed record VoteView(string Voter, TagAnswer Answer, PersonId? Person, string? Name, DateTimeOffset At);
