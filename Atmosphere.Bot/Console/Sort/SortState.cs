using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Sort;

/// <param name="Path">Path relative to the output folder.</param>
/// <param name="Photo">The original photo.</param>
/// <param name="Wanted">False: to be removed.</param>
/// <param name="Done">How it was created: copy or link; null: not yet.</param>
internal sealed record SortedCopy(string Path, string Photo, bool Wanted, string? Done);

/// <summary>
/// The notes of a sort, so that it can be continued. A copy is noted before its file is written and again afterwards; after a crash in
/// between it is written again. Without the notes everything is recognised again.
/// </summary>
internal sealed class SortState(Database database)
{
    private readonly Dictionary<string, (PhotoFile File, SortedPhoto Result)> _photos = [];
    private readonly Dictionary<string, SortedCopy> _copies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> _pathsOf = [];

    /// <summary>Reads the notes. Notes made with other people or settings are discarded.</summary>
    /// <param name="fingerprint">Fingerprint of people and settings.</param>
    /// <returns>True if the people are learned already.</returns>
    public async Task<bool> OpenAsync(string fingerprint)
    {
        var learned = await database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS sort_people (fingerprint TEXT PRIMARY KEY, learned BIGINT NOT NULL)");
            await session.ExecuteAsync(
                """
                CREATE TABLE IF NOT EXISTS sort_photos (
                    photo TEXT PRIMARY KEY, path TEXT NOT NULL, length BIGINT NOT NULL, modified BIGINT NOT NULL, result TEXT NOT NULL)
                """);
            await session.ExecuteAsync(
                "CREATE TABLE IF NOT EXISTS sort_copies (path TEXT PRIMARY KEY, photo TEXT NOT NULL, wanted BIGINT NOT NULL, done TEXT)");
            var known = await session.QuerySingleOrDefaultAsync<long?>("SELECT learned FROM sort_people WHERE fingerprint = @fingerprint", new { fingerprint });
            if (known is null)
            {
                await session.ExecuteAsync("DELETE FROM sort_photos");
                await session.ExecuteAsync("DELETE FROM sort_people");
                await session.ExecuteAsync("INSERT INTO sort_people (fingerprint, learned) VALUES (@fingerprint, 0)", new { fingerprint });
            }

            return known == 1;
        });
        await ReadAsync();
        return learned;
    }

    public Task PeopleAreLearnedAsync() => database.WriteAsync(session => session.ExecuteAsync("UPDATE sort_people SET learned = 1"));

    /// <summary>The result for the current version of the photo; null if there is none, or it failed.</summary>
    public SortedPhoto? ResultOf(PhotoFile photo) =>
        _photos.TryGetValue(photo.Name, out var known) && known.File == photo && !known.Result.Failed ? known.Result : null;

    public IEnumerable<SortedCopy> CopiesOf(PhotoFile photo) =>
        _pathsOf.TryGetValue(photo.Name, out var paths) ? paths.Select(path => _copies[path]) : [];

    /// <summary>Whether the path is the copy of another photo, also on file systems that ignore case.</summary>
    public bool IsOfAnother(PhotoFile photo, string path) => _copies.TryGetValue(path, out var copy) && copy.Photo != photo.Name;

    /// <summary>Notes a result and its copies, which are still to be created or removed.</summary>
    public async Task NoteAsync(PhotoFile photo, SortedPhoto result, IReadOnlyCollection<string> paths)
    {
        var copies = CopiesOf(photo).Where(copy => !paths.Contains(copy.Path)).Select(copy => copy with { Wanted = false })
            .Concat(paths.Select(path => new SortedCopy(path, photo.Name, true, null)))
            .ToList();
        await database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO sort_photos (photo, path, length, modified, result) VALUES (@Name, @Path, @Length, @Modified, @result)
                ON CONFLICT (photo) DO UPDATE SET path = @Path, length = @Length, modified = @Modified, result = @result
                """,
                new { photo.Name, photo.Path, photo.Length, photo.Modified, result = result.ToJson() });
            foreach (var copy in copies)
                await SaveAsync(session, copy);
        });
        _photos[photo.Name] = (photo, result);
        foreach (var copy in copies)
            Keep(copy);
    }

    /// <summary>Notes that files were created or removed.</summary>
    public async Task DoneAsync(IReadOnlyCollection<SortedCopy> copies)
    {
        await database.WriteAsync(async session =>
        {
            foreach (var copy in copies)
                await (copy.Wanted ? SaveAsync(session, copy) : session.ExecuteAsync("DELETE FROM sort_copies WHERE path = @Path", copy));
        });
        foreach (var copy in copies)
        {
            if (copy.Wanted)
                Keep(copy);
            else if (_copies.Remove(copy.Path))
                _pathsOf[copy.Photo].Remove(copy.Path);
        }
    }

    private void Keep(SortedCopy copy)
    {
        _copies[copy.Path] = copy;
        if (!_pathsOf.TryGetValue(copy.Photo, out var paths))
            _pathsOf[copy.Photo] = paths = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        paths.Add(copy.Path);
    }

    private static Task<int> SaveAsync(Session session, SortedCopy copy) => session.ExecuteAsync(
        """
        INSERT INTO sort_copies (path, photo, wanted, done) VALUES (@Path, @Photo, @wanted, @Done)
        ON CONFLICT (path) DO UPDATE SET photo = @Photo, wanted = @wanted, done = @Done
        """,
        new { copy.Path, copy.Photo, wanted = copy.Wanted ? 1 : 0, copy.Done });

    private Task<int> ReadAsync() => database.ReadAsync(async session =>
    {
        foreach (var row in await session.QueryAsync<PhotoRow>("SELECT photo, path, length, modified, result FROM sort_photos"))
            _photos[row.Photo] = (new PhotoFile(row.Photo, row.Path, row.Length, row.Modified), SortedPhoto.FromJson(row.Result));
        foreach (var row in await session.QueryAsync<CopyRow>("SELECT path, photo, wanted, done FROM sort_copies"))
            Keep(new SortedCopy(row.Path, row.Photo, row.Wanted == 1, row.Done));
        return 0;
    });

    private sealed record PhotoRow(string Photo, string Path, long Length, long Modified, string Result);

    private sealed record CopyRow(string Path, string Photo, long Wanted, string? Done);
}
