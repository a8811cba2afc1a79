using System.Collections.Concurrent;
using System.Net;
using Atmosphere.Bot.Tests.Channels.Slack;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

public sealed class HostileWebhooks
{
    private const int Bodies = 5000;

    [Fact]
    public async Task Five_thousand_hostile_bodies_leave_no_row_and_no_exception()
    {
        var whatsApp = new RecordedWhatsApp();
        await using var server = await BotServer.StartAsync(
            services =>
            {
                whatsApp.Replace(services);
                services.Replace(ServiceDescriptor.Singleton<IQuestions>(new FakeQuestions()));
                services.Replace(ServiceDescriptor.Singleton<IFaceTags>(new RecordingTags()));
            },
            HostileDoor.Settings);
        using var twilio = new TwilioWebhook(server);
        var genuine = twilio.Message("hello");
        await twilio.SayAsync(genuine);
        _ = await whatsApp.HearAsync(1);
        await Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0, "the genuine message is done");
        var before = await RowsAsync(server);
        var lines = server.Log.Lines.Count;

        var random = new Random(20260301);
        var bodies = Enumerable.Range(0, Bodies).Select(_ => HostileBody.Random(random, HostileDoor.All)).ToList();
        var answers = new ConcurrentBag<int>();
        using var http = new HttpClient { BaseAddress = server.Address };
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (body, cancellation) =>
        {
            using var request = body.Request();
            using var response = await http.SendAsync(request, cancellation);
            answers.Add((int)response.StatusCode);
            // One in fifty is the genuine one again.
            if (answers.Count % 50 == 0)
                await twilio.SayAsync(genuine);
        });

        Assert.All(answers, status => Assert.True(status is 200 or (>= 400 and < 500), $"A hostile body was answered with {status}."));
        Assert.InRange(answers.Count(status => status == (int)HttpStatusCode.OK), 1, Bodies / 5);
        // Every minute the clock sends a message of its own; one that a body left behind would be tried again and again, as its vendors are not there.
        var after = "";
        await Eventually.TrueAsync(async () => (after = await RowsAsync(server)).Contains("\nmessages: 0\n", StringComparison.Ordinal), "nothing waits in the queues");
        Assert.Equal(before, after);
        Assert.Single(whatsApp.Said);
        Assert.DoesNotContain(server.Log.Lines.Skip(lines), IsTrouble);
    }

    private static bool IsTrouble(string line) =>
        line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)
        || line.Contains("Exception", StringComparison.Ordinal);

    /// <summary>Every table and how many rows it has.</summary>
    private static Task<string> RowsAsync(BotServer server) => server.Services.GetRequiredService<Database>().ReadAsync(async session =>
    {
        var counts = new List<string>();
        foreach (var table in await session.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
            counts.Add($"{table}: {await session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM \"{table}\"")}");
        foreach (var waiting in await session.QueryAsync<string>("SELECT queue || ' ' || type FROM messages"))
            counts.Add($"waiting: {waiting}");
        return string.Join('\n', counts);
    });
}
