namespace Atmosphere.Recognition.Storage;

/// <summary>The kind of object that rows depend on.</summary>
internal enum Subject
{
    Person,
    Participant,
    Group,
    Photo,
    Face,

    /// <summary>A participant as a voter: participant:ID.</summary>
    Voter,
}

/// <summary>Events of a subject that delete its dependent rows.</summary>
[Flags]
internal enum Fate
{
    None = 0,

    /// <summary>Its own row is deleted: an expired photo or face, or a person who could not be learned.</summary>
    Deleted = 1,

    /// <summary>It is erased on request.</summary>
    Erased = 2,

    /// <summary>A photo's file and its registered persons' faces have expired; its row remains for its unknown faces.</summary>
    Expired = 4,

    /// <summary>A photo is reprocessed from the start.</summary>
    BegunAgain = 8,

    /// <summary>A step wrote the row after its photo had been deleted.</summary>
    Late = 16,
}

/// <summary>A column that refers to a subject, and what happens to its rows.</summary>
/// <param name="GoesWhen">The events that delete the rows.</param>
internal sealed record Dependent(Subject Of, string Table, string Column, Fate GoesWhen)
{
    /// <summary>True: the rows stay and only the column is cleared.</summary>
    public bool IsCleared { get; init; }

    /// <summary>The code that deletes or changes the rows elsewhere; null: none.</summary>
    public string? By { get; init; }

    /// <summary>
    /// What an export shows a participant of their own rows, and of the rows of persons whose guardian they are; null: nothing.
    /// </summary>
    public Shown? Shown { get; init; }
}

/// <summary>What an export shows of rows.</summary>
/// <param name="Section">Section of the export file; camel case.</param>
/// <param name="Columns">
/// SQL: the columns shown, with <c>@participant</c> for the requester. Names ending in _at are milliseconds since 1970-01-01 UTC, shown as
/// times; names starting with is_ are 0 or 1, shown as false or true.
/// </param>
internal sealed record Shown(string Section, string Columns);
