using Atmosphere.Recognition.Storage;
using Microsoft.Data.Sqlite;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>After a commit that failed on a full disk every later change was refused, until the program was started again.</summary>
public sealed class AFailedCommitIsOver : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-commit-").FullName;

    [Fact]
    public async Task The_next_change_is_stored_although_the_transaction_ended_behind_the_drivers_back()
    {
        using var database = new Database(_folder);
        await database.WriteAsync(session => session.ExecuteAsync("CREATE TABLE things (id TEXT)"));
        await Assert.ThrowsAsync<SqliteException>(() => database.WriteAsync(session => session.ExecuteAsync("COMMIT")));

        await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO things VALUES ('one')"));
        Assert.Equal("one", await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<string>("SELECT id FROM things")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
