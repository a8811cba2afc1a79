using System.Text.Json;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>
/// The beginnings of persons' names. A text is cut into all pieces of that length, and only names that begin with one of them are read: the work
/// grows with the text, not with the number of persons.
/// </summary>
public static partial class NameKeys
{
    private const int Length = 3;
    private const int IdLength = 32;

    /// <summary>The persons whose names or ids may be in a text: all who are in it, and some others.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folded">The same, folded as names are.</param>
    public static Task<IReadOnlyList<PersonName>> CandidatesAsync(Session session, string text, string folded) =>
        session.QueryAsync<PersonName>(
            """
            SELECT id, name FROM persons WHERE name_key IN (SELECT value FROM json_each(@keys))
            UNION SELECT id, name FROM persons WHERE name_key IS NULL
            UNION SELECT id, name FROM persons WHERE id IN (SELECT value FROM json_each(@ids))
            """,
            new { keys = JsonSerializer.Serialize(PiecesOf(folded)), ids = JsonSerializer.Serialize(IdsIn(text)) });

    /// <summary>The key of a name; null if it has no letters to find it by.</summary>
    internal static string? Of(string name)
    {
        var folded = NameFolding.Fold(name);
        var length = Math.Min(Length, folded.Length);
        // Half a letter cannot be stored.
        if (length > 0 && char.IsHighSurrogate(folded[length - 1]))
            length--;
        return length == 0 || char.IsLowSurrogate(folded[0]) ? null : folded[..length];
    }

    /// <summary>Computes the keys of persons from before there were keys.</summary>
    internal static async Task FillAsync(Session session)
    {
        foreach (var person in await session.QueryAsync<PersonName>("SELECT id, name FROM persons WHERE name_key IS NULL"))
            await session.ExecuteAsync("UPDATE persons SET name_key = @key WHERE id = @Id", new { key = Of(person.Name), person.Id });
    }

    private static HashSet<string> PiecesOf(string folded)
    {
        var pieces = new HashSet<string>(StringComparer.Ordinal);
        for (var from = 0; from < folded.Length; from++)
        {
            for (var length = 1; length <= Length && from + length <= folded.Length; length++)
            {
                if (!char.IsLowSurrogate(folded[from]) && !char.IsHighSurrogate(folded[from + length - 1]))
                    pieces.Add(folded.Substring(from, length));
            }
        }

        return pieces;
    }

    private static HashSet<string> IdsIn(string text) =>
        [.. Hexadecimal().Matches(text).SelectMany(run => Enumerable.Range(0, run.Length - IdLength + 1), (run, at) => run.Value.Substring(at, IdLength))];

    [GeneratedRegex("[0-9a-f]{32,}")]
    private static partial Regex Hexadecimal();
}
