using System.Diagnostics;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.Scale;

/// <summary>One server, and what a parent waits for there: an answer, a photo, a removal. Times are milliseconds.</summary>
internal sealed class ScaleBench(TemporaryServer server) : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { BaseAddress = server.Address };

    public TemporaryServer Server => server;

    private Database Database => server.Services.GetRequiredService<Database>();

    /// <summary>From the question to the answer, which comes back in the same HTTP response.</summary>
    public async Task<double> MyChildrenAsync(CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await _http.PostAsJsonAsync("api/messages", Activity(), cancellation);
        var replies = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation);
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return replies?["activities"] is JsonArray { Count: > 0 } ? time : throw new InvalidOperationException("'my children' was not answered.");
    }

    /// <summary>From the post in the class group until the photo has reached the registered child's parent.</summary>
    public async Task<double> GroupPhotoAsync(string photo, CancellationToken cancellation)
    {
        using var group = new GroupClient(server.Address);
        var id = Guid.NewGuid().ToString("N");
        var start = Stopwatch.GetTimestamp();
        await group.PostAsync(photo, id, cancellation);
        await UntilAsync(
            "the photo is delivered",
            """
            SELECT COUNT(*) FROM inbox i JOIN media_distributions d ON d.photo_id = i.photo_id
            WHERE i.group_id = @group AND i.source_id = @id AND d.state = 'sent'
            """,
            new { group = ClassGroup.Id.Value, id },
            cancellation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>From the wish to remove a child until everything of it is erased, looked for, and the receipt is written.</summary>
    public async Task<double> RemovalAsync(string photo, string name, int face, CancellationToken cancellation)
    {
        using var parent = await DirectLineClient.StartAsync(server.Address, cancellation);
        await ChildRegistration.ByChatAsync(parent, name, photo, face, null, cancellation);
        var (person, owner) = await Database.ReadAsync(
            async session => (
                await session.QuerySingleOrDefaultAsync<string>("SELECT id FROM persons WHERE name = @name", new { name }),
                await session.QuerySingleOrDefaultAsync<string>(
                    "SELECT g.participant_id FROM guardians g JOIN persons p ON p.id = g.person_id WHERE p.name = @name", new { name })),
            cancellation);
        var erasures = server.Services.GetRequiredService<IErasures>();
        var before = await Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM erasures WHERE ended_at IS NOT NULL"), cancellation);
        var start = Stopwatch.GetTimestamp();
        await Database.WriteAsync(session => erasures.RemovePersonAsync(session, new PersonId(person!), new ParticipantId(owner!)), cancellation);
        await UntilAsync("the child is erased", "SELECT COUNT(*) > @before FROM erasures WHERE ended_at IS NOT NULL", new { before }, cancellation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Dispose() => _http.Dispose();

    private async Task UntilAsync(string what, string sql, object arguments, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (await Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>(sql, arguments), cancellation) == 0)
        {
            if (Stopwatch.GetElapsedTime(start) > _patience)
                throw new TimeoutException($"After {_patience.TotalSeconds:0} s it is still not true that {what}.");
            await look.WaitForNextTickAsync(cancellation);
        }
    }

    private static JsonObject Activity() => new()
    {
        ["type"] = "message",
        ["id"] = Guid.NewGuid().ToString("N"),
        ["channelId"] = "emulator",
        ["deliveryMode"] = "expectReplies",
        ["serviceUrl"] = "http://127.0.0.1:9",
        ["from"] = new JsonObject { ["id"] = "bench-user" },
        ["recipient"] = new JsonObject { ["id"] = "bot" },
        ["conversation"] = new JsonObject { ["id"] = "bench" },
        ["text"] = "my children",
    };
}
