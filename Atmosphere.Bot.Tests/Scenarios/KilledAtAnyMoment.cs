using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Console.Playground;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>The server is killed while parents chat and photos arrive; nothing may be lost, nothing may appear twice.</summary>
public sealed class KilledAtAnyMoment(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261121;

    private static readonly int _kills = LongRun.Of(full: 20, shortForm: 4);

    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "face-api", "sample6.jpg");

    private readonly string _data = Directory.CreateTempSubdirectory("atmosphere-kill-").FullName;
    private readonly CancellationTokenSource _limit = Eventually.Scenario();

    [Fact]
    [Trait("Length", "Long")]
    public async Task Every_photo_arrives_exactly_once_although_the_server_is_killed_again_and_again()
    {
        var random = new Random(Seed);
        using var server = new ServerProcess(_data, ServerProcess.EveryPhotoCounts);
        await server.StartAsync();
        using var parent = await DirectLineClient.StartAsync(server.Address, _limit.Token);
        await RegisterAsync(parent);
        using var group = new GroupClient(server.Address);

        var posted = new List<string>();
        var killed = new List<int>();
        for (var kill = 0; kill < _kills; kill++)
        {
            var moment = random.Next(0, 900);
            var bomb = KillAfterAsync(server, TimeSpan.FromMilliseconds(moment));
            var source = $"kill-{kill}";
            posted.Add(source);
            await TryAsync(() => group.PostAsync(Sample, source, _limit.Token));
            await TryAsync(() => parent.SayAsync("my children", $"question-{kill}", _limit.Token));
            await bomb;
            killed.Add(moment);
            await server.StartAsync();
            await group.PostAsync(Sample, source, _limit.Token);
            await parent.SayAsync("my children", $"question-{kill}", _limit.Token);
        }

        foreach (var source in posted)
            Assert.Equal(GroupPhase.Done, (await group.FinishedAsync(source, _limit.Token)).Phase);
        var chat = await parent.HistoryAsync(
            lines => lines.Count(IsPhoto) >= _kills && lines.Count(IsList) >= _kills, Eventually.Limit, _limit.Token);
        await parent.SayAsync("help", "the-end", _limit.Token);
        chat = await parent.HistoryAsync(lines => lines.Count > chat.Count, Eventually.Limit, _limit.Token);

        output.WriteLine($"killed after {string.Join(", ", killed)} ms");
        Assert.Equal(_kills, chat.Count(IsPhoto));
        Assert.Equal(_kills, chat.Count(IsList));
    }

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static bool IsPhoto(BotLine line) => line.Pictures.Count == 1 && line.Text.Contains("with Maya", StringComparison.Ordinal);

    private static bool IsList(BotLine line) => line.Text.StartsWith("Maya, in Class", StringComparison.Ordinal);

    private static async Task KillAfterAsync(ServerProcess server, TimeSpan moment)
    {
        using var timer = new PeriodicTimer(moment + TimeSpan.FromMilliseconds(1));
        await timer.WaitForNextTickAsync();
        await server.KillAsync();
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (HttpRequestException)
        {
            // The server was killed while it answered; the same call is made again after the restart.
        }
    }

    private async Task RegisterAsync(DirectLineClient parent) =>
        await ChildRegistration.ByChatAsync(parent, "Maya", Sample, face: 1, heard: null, _limit.Token);
}
