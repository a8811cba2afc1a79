using System.Text.Json;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Reads the stored data of a participant for an export, by section as <see cref="Dependents"/> defines.</summary>
internal static class ExportedRows
{
    /// <summary>All sections, including those without rows.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>> FindAsync(Session session, ParticipantId participant)
    {
        var children = (await Guardianships.OfAsync(session, participant)).Select(child => child.PersonId.Value).ToList();
        var sections = new SortedDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>(StringComparer.Ordinal);
        foreach (var dependent in Dependents.All.Where(dependent => dependent.Shown is not null))
        {
            var (section, columns) = dependent.Shown!;
            var rows = await session.QueryAsync<object>(
                $"SELECT {columns} FROM {dependent.Table} WHERE {dependent.Column} IN @ids", new { ids = IdsOf(dependent.Of, participant, children), participant });
            sections[section] = [.. sections.GetValueOrDefault(section, []), .. rows.Cast<IDictionary<string, object?>>().Select(Readable)];
        }

        return sections;
    }

    private static IReadOnlyCollection<string> IdsOf(Subject subject, ParticipantId participant, IReadOnlyCollection<string> children) => subject switch
    {
        Subject.Participant => [participant.Value],
        Subject.Voter => [DependentRows.VoterOf(participant.Value)],
        Subject.Person => children,
        _ => throw new InvalidOperationException($"Rows of a {subject} are nobody's own; take Shown from them."),
    };

    private static Dictionary<string, object?> Readable(IDictionary<string, object?> row) => row.ToDictionary(
        column => JsonNamingPolicy.CamelCase.ConvertName(string.Concat(column.Key.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))),
        column => column switch
        {
            { Key: var name, Value: long time } when name.EndsWith("_at", StringComparison.Ordinal) => DateTimeOffset.FromUnixTimeMilliseconds(time),
            { Key: var name, Value: long flag } when name.StartsWith("is_", StringComparison.Ordinal) => flag == 1,
            _ => column.Value,
        });
}
