using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A refused registration was erased before its parent was told, and then nothing was told.</summary>
public sealed class ARefusalIsToldBeforeTheErasure
{
    [Fact]
    public async Task The_erasure_waits_for_the_words_to_the_parent()
    {
        await using var server = await BotServer.StartAsync();
        var database = server.Services.GetRequiredService<Database>();
        await database.WriteAsync(session => session.ExecuteAsync("UPDATE groups SET confirms = 1"));
        await using var parent = await BotFrameworkChat.StartAsync(server);
        await parent.OpenAsync();
        _ = await parent.HearAsync();
        foreach (var said in (string[])["add child", "Noa", "", "done", "yes", "yes"])
        {
            await parent.SayAsync($"said-{said}-{await parent.CountAsync()}", said, said.Length == 0 ? ["noa-1.jpg"] : []);
            _ = await parent.HearAsync();
        }

        await Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM persons WHERE state = 'connected'") == 1, "Noa is learned");
        var released = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        parent.Taking = _ =>
        {
            reached.TrySetResult();
            return released.Task;
        };
        await parent.SayAsync("question", "my children", []);
        await reached.Task;

        var person = new PersonId((await server.QueryAsync<string>("SELECT id FROM persons"))!);
        var requests = server.Services.GetRequiredService<IRequests>();
        Assert.True(await database.WriteAsync(session => requests.DecideAsync(session, person, granted: false)));
        await Eventually.TrueAsync(
            async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM persons") == 0
                || await server.QueryAsync<long>("SELECT COUNT(*) FROM messages WHERE queue = 'persons' AND attempts > 0") > 0,
            "the erasure has begun");
        released.SetResult();

        var heard = "";
        while (!heard.Contains("Noa is not registered", StringComparison.Ordinal))
            heard = (await parent.HearAsync()).Text;
        await Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM persons") == 0, "Noa is erased");
    }
}
