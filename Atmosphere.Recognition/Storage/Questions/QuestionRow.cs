using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>A row of questions. Times are milliseconds since 1970.</summary>
internal sealed record QuestionRow
{
    public QuestionId Id { get; init; }

    public GroupId GroupId { get; init; }

    public QuestionKind Kind { get; init; }

    /// <summary>Null: the question is about a single face.</summary>
    public ClusterId? ClusterId { get; init; }

    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }

    public PersonId? AboutId { get; init; }

    public QuestionState State { get; init; }

    /// <summary>The stored answer: person, nobody, visitor, cannot-tell.</summary>
    public string? Answer { get; init; }

    public PersonId? PersonId { get; init; }

    public string? Reason { get; init; }

    public long AskedAt { get; init; }

    public long ChangedAt { get; init; }

    public long? RemindedAt { get; init; }

    public string? Channel { get; init; }

    public string? Ts { get; init; }

    /// <summary>sending, posted, unknown; null: not posted.</summary>
    public string? PostState { get; init; }

    public long? PostingAt { get; init; }

    public long? ShownAt { get; init; }

    public int Photos { get; init; }

    public long? UpdateAt { get; init; }

    public long? DecidedAt { get; init; }

    public long? FinalizedAt { get; init; }

    public bool IsOpen => State is QuestionState.Asked or QuestionState.Voting;

    /// <summary>True if the decision is a name.</summary>
    public bool IsNamed => State == QuestionState.Decided && Answer == "person" && PersonId is not null;
}

/// <summary>A question whose decision names a person, before it is undone.</summary>
internal sealed record UndoneQuestion
{
    public QuestionId Id { get; init; }

    public GroupId GroupId { get; init; }

    public string Kind { get; init; } = "";

    /// <summary>Null: the question is about a single face.</summary>
    public ClusterId? ClusterId { get; init; }

    /// <summary>The face shown.</summary>
    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }

    /// <summary>When it was decided; milliseconds since 1970.</summary>
    public long Since { get; init; }
}
