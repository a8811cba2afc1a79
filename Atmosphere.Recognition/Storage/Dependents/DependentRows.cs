namespace Atmosphere.Recognition.Storage;

/// <summary>Deletes, clears and counts the rows of the table of dependents.</summary>
internal static class DependentRows
{
    /// <summary>Deletes or clears the rows that depend on subjects after an event.</summary>
    /// <returns>The number of changed rows.</returns>
    public static async Task<int> GoAsync(Session session, Subject of, Fate fate, IReadOnlyCollection<string> ids)
    {
        var rows = 0;
        foreach (var dependent in Dependents.All.Where(dependent => dependent.Of == of && dependent.GoesWhen.HasFlag(fate)))
        {
            var change = dependent.IsCleared ? $"UPDATE {dependent.Table} SET {dependent.Column} = NULL" : $"DELETE FROM {dependent.Table}";
            rows += await session.ExecuteAsync($"{change} WHERE {dependent.Column} IN @ids", new { ids });
        }
        return rows;
    }

    /// <inheritdoc cref="GoAsync(Session, Subject, Fate, IReadOnlyCollection{string})"/>
    public static Task<int> GoAsync(Session session, Subject of, Fate fate, string id) => GoAsync(session, of, fate, [id]);

    /// <summary>The voter id of a participant.</summary>
    public static string VoterOf(string participant) => $"participant:{participant}";

    /// <summary>The number of rows that contain one of the ids, by column. Each query uses an index or a small table.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountAsync(Session session, IReadOnlyCollection<Subject> of, IReadOnlyCollection<string> ids)
    {
        var found = new Dictionary<string, int>();
        foreach (var dependent in Dependents.All.Where(dependent => of.Contains(dependent.Of)))
        {
            found[$"{dependent.Table}.{dependent.Column}"] = await session.QuerySingleOrDefaultAsync<int>(
                $"SELECT COUNT(*) FROM {dependent.Table} WHERE {dependent.Column} IN @ids",
                new { ids = dependent.Of == Subject.Voter ? [.. ids.Select(VoterOf)] : ids });
        }
        return found;
    }

    /// <summary>Deleted or withdrawn photos for which a step wrote rows after the deletion.</summary>
    public static Task<IReadOnlyList<string>> LateAsync(Session session) =>
        session.QueryAsync<string>(string.Join(
            " UNION ",
            Dependents.All.Where(dependent => dependent.GoesWhen.HasFlag(Fate.Late)).Select(dependent =>
                $"SELECT {dependent.Column} FROM {dependent.Table} t WHERE NOT EXISTS (SELECT 1 FROM photos p WHERE p.id = t.{dependent.Column} AND p.state <> 'erased')")));
}
