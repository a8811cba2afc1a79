
namespace Atmosphere.Recognition.Storage;

/// <summary>Requests from operator commands to the running server that owns the data folder.</summary>
public sealed class OperatorRequests(Database database, TimeProvider clock)
{
    /// <summary>Requests a retention run.</summary>
    public const string Retention = "retention";

    // By then nobody waits for an answer; also removes requests left by a killed server.
    private static readonly TimeSpan _forgotten = TimeSpan.FromHours(1);

    /// <summary>Checks the database with a read and an empty write, which goes through the writer but needs no flush.</summary>
    public static Task ProbeAsync(Database database, CancellationToken cancellation) => Task.WhenAll(
        database.ReadAsync(session => session.QueryAsync<string>("SELECT id FROM operator_requests WHERE id = ''"), cancellation),
        database.WriteAsync(session => session.ExecuteAsync("DELETE FROM operator_requests WHERE id = ''"), cancellation));

    /// <summary>Sends a request and waits for the server's answer.</summary>
    /// <returns>JSON.</returns>
    /// <exception cref="InvalidOperationException">The request failed, or no server is running; the message says why.</exception>
    public async Task<string> AskAsync(string kind, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var at = clock.GetUtcNow();
        await database.WriteAsync(
            async session =>
            {
                _ = await session.ExecuteAsync("DELETE FROM operator_requests WHERE asked_at <= @before", new { before = (at - _forgotten).ToUnixTimeMilliseconds() });
                return await session.ExecuteAsync(
                    "INSERT INTO operator_requests (id, kind, asked_at) VALUES (@id, @kind, @at)", new { id, kind, at = at.ToUnixTimeMilliseconds() });
            },
            cancellation);
        try
        {
            return await AnswerAsync(id, cancellation);
        }
        finally
        {
            await database.WriteAsync(session => session.ExecuteAsync("DELETE FROM operator_requests WHERE id = @id", new { id }), CancellationToken.None);
        }
    }

    /// <summary>Server side: carries out all open requests.</summary>
    /// <param name="work">Returns JSON.</param>
    public async Task AnswerAllAsync(string kind, Func<CancellationToken, Task<string>> work, CancellationToken cancellation)
    {
        var open = await database.ReadAsync(
            session => session.QueryAsync<string>(
                "SELECT id FROM operator_requests WHERE kind = @kind AND answer IS NULL AND error IS NULL AND asked_at > @before",
                new { kind, before = (clock.GetUtcNow() - _forgotten).ToUnixTimeMilliseconds() }),
            cancellation);
        if (open.Count == 0)
            return;

        var (answer, error) = await TryAsync(work, cancellation);
        foreach (var id in open)
        {
            await database.WriteAsync(
                session => session.ExecuteAsync("UPDATE operator_requests SET answer = @answer, error = @error WHERE id = @id", new { id, answer, error }),
                cancellation);
        }
    }

    private static async Task<(string? Answer, string? Error)> TryAsync(Func<CancellationToken, Task<string>> work, CancellationToken cancellation)
    {
        try
        {
            return (await work(cancellation), null);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return (null, failure.Message);
        }
    }

    private async Task<string> AnswerAsync(string id, CancellationToken cancellation)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200), clock);
        while (true)
        {
            var row = await database.ReadAsync(
                session => session.QuerySingleOrDefaultAsync<Row>("SELECT answer, error FROM operator_requests WHERE id = @id", new { id }), cancellation);
            if (row?.Answer is { } answer)
                return answer;
            if (row?.Error is { } error)
                throw new InvalidOperationException($"The running server could not do it: {error}");
            if (!Database.IsOwned(database.Folder))
                throw new InvalidOperationException("The server that was asked has stopped before it answered. Run the command again.");
            await tick.WaitForNextTickAsync(cancellation);
        }
    }

    private sealed record Row
    {
        public string? Answer { get; init; }

        public string? Error { get; init; }
    }
}
