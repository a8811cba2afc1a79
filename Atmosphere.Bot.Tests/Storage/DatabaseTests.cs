using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-database-").FullName;
    private readonly Database _database;

    public DatabaseTests()
    {
        _database = new Database(_folder);
        _database.WriteAsync(session => session.ExecuteAsync("CREATE TABLE things (name TEXT PRIMARY KEY)")).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Of_changes_that_are_committed_together_the_one_that_throws_is_undone_alone()
    {
        var hold = new TaskCompletionSource();
        var first = _database.WriteAsync(async session =>
        {
            await hold.Task;
            await AddAsync(session, "first");
        });
        var good = Enumerable.Range(0, 20).Select(i => _database.WriteAsync(session => AddAsync(session, $"good {i}"))).ToList();
        var bad = _database.WriteAsync(async session =>
        {
            await AddAsync(session, "bad");
            throw new InvalidOperationException("Changed my mind.");
        });
        var twice = _database.WriteAsync(session => AddAsync(session, "good 3"));
        hold.SetResult();

        await Task.WhenAll([first, .. good]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => twice);
        var names = await NamesAsync();
        Assert.Equal(21, names.Count);
        Assert.DoesNotContain("bad", names);
    }

    [Fact]
    public async Task What_fails_after_a_commit_neither_ends_the_writer_nor_keeps_others_from_being_told()
    {
        var told = false;
        var first = _database.WriteAsync(async session =>
        {
            session.AfterCommit(() => throw new InvalidOperationException("Out of order."));
            session.AfterCommit(() => told = true);
            await AddAsync(session, "first");
        });
        await Eventually.EndsAsync(first, "the write ends whose caller fails afterwards");
        await Eventually.EndsAsync(_database.WriteAsync(session => AddAsync(session, "second")), "the next write ends");

        Assert.True(told);
        Assert.Equal(["first", "second"], await NamesAsync());
    }

    [Fact]
    public async Task Readers_see_what_is_committed_and_do_not_wait_for_a_writer()
    {
        var written = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var writing = _database.WriteAsync(async session =>
        {
            await AddAsync(session, "late");
            written.SetResult();
            await goOn.Task;
        });

        await written.Task;
        Assert.Empty(await NamesAsync());
        goOn.SetResult();
        await writing;
        Assert.Equal(["late"], await NamesAsync());
    }

    [Fact]
    public async Task Reads_run_side_by_side()
    {
        var meeting = new TaskCompletionSource();
        var reads = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToList();
        var reading = reads.Select(read => _database.ReadAsync(async _ =>
        {
            read.SetResult();
            await meeting.Task;
            return 0;
        })).ToList();

        await Task.WhenAll(reads.Select(read => read.Task));
        meeting.SetResult();
        await Task.WhenAll(reading);
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("secure_delete", "1")]
    [InlineData("foreign_keys", "1")]
    public async Task A_commit_waits_for_the_disk_and_what_is_deleted_is_overwritten(string pragma, string expected)
    {
        string? setting = null;
        await _database.WriteAsync(async session => setting = await session.QuerySingleOrDefaultAsync<string>($"SELECT * FROM pragma_{pragma}"));

        Assert.Equal(expected, setting);
    }

    [Fact]
    public async Task What_was_deleted_is_in_no_file_once_the_log_is_emptied()
    {
        const string Secret = "Maya with the red bicycle";
        await _database.WriteAsync(session => AddAsync(session, Secret));
        Assert.NotEmpty(ByteSearch.Texts(_folder, Secret));
        Assert.True(await _database.TruncateLogAsync());
        Assert.NotEmpty(ByteSearch.Texts(_folder, Secret));

        await _database.WriteAsync(session => session.ExecuteAsync("DELETE FROM things"));
        Assert.True(await _database.TruncateLogAsync());

        Assert.Empty(ByteSearch.Texts(_folder, Secret));
    }

    [Fact]
    public async Task A_reader_cannot_write() =>
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => _database.ReadAsync(session => session.ExecuteAsync("DELETE FROM things")));

    [Fact]
    public async Task A_change_that_writes_through_the_database_again_is_told_so_instead_of_waiting_for_itself() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _database.WriteAsync(_ => _database.WriteAsync(session => AddAsync(session, "inner"))));

    [Fact]
    public async Task A_cancelled_change_that_has_not_begun_is_not_made()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _database.WriteAsync(session => AddAsync(session, "never"), cancelled.Token));
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public void A_second_server_on_the_folder_is_refused_with_one_sentence()
    {
        var refused = Assert.Throws<DataFolderException>(() => new Database(_folder));

        Assert.Contains("belongs to another running Atmosphere", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operators_command_may_work_beside_the_server()
    {
        using var beside = new Database(_folder, beside: true);
        await beside.WriteAsync(session => AddAsync(session, "from outside"));

        Assert.Equal(["from outside"], await NamesAsync());
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        var refused = Assert.Throws<DataFolderException>(() => new Database(Path.Combine(file, "data")));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Task<int> AddAsync(Session session, string name) =>
        session.ExecuteAsync("INSERT INTO things (name) VALUES (@name)", new { name });

    private Task<IReadOnlyList<string>> NamesAsync() => _database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM things"));
}
