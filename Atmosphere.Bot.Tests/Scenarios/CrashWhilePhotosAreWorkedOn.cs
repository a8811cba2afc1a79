using System.Net;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Console.Playground;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>
/// The server is killed (SIGKILL) at random moments while it works through a heap of photos: in full 200 photos and 30 kills. At the end
/// its data folder is examined row by row and file by file.
/// </summary>
[Trait("Length", "Long")]
public sealed class CrashWhilePhotosAreWorkedOn(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261121;
    private const int AtATime = 4;

    private readonly string _data = Directory.CreateTempSubdirectory("atmosphere-crash-").FullName;
    private readonly string _pictures = Directory.CreateTempSubdirectory("atmosphere-pictures-").FullName;
    private readonly CancellationTokenSource _limit = Eventually.Scenario();
    private readonly int _photos = LongRun.Of(200, 24);
    private readonly int _kills = LongRun.Of(30, 4);

    [Fact]
    public async Task Every_photo_ends_once_with_every_face_and_every_delivery_once()
    {
        var files = await FilesAsync();
        using var server = new ServerProcess(_data, ServerProcess.EveryPhotoCounts);
        await server.StartAsync();
        using (var parent = await DirectLineClient.StartAsync(server.Address, _limit.Token))
            await ChildRegistration.ByChatAsync(parent, "Maya", files[0], face: 1, heard: null, _limit.Token);

        using var group = new GroupClient(server.Address);
        var posting = Parallel.ForEachAsync(
            Enumerable.Range(0, _photos),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = _limit.Token },
            async (i, stop) => await PostAsync(group, files[i % files.Count], $"photo-{i}", stop));
        await KillAgainAndAgainAsync(server);
        await posting;
        for (var i = 0; i < _photos; i++)
            Assert.NotEqual(GroupPhase.Working, (await group.FinishedAsync($"photo-{i}", _limit.Token)).Phase);
        await QuietAsync(server);
        await server.KillAsync();

        await PhotoAudit.CheckAsync(_data, _photos, Enumerable.Range(0, _photos).Count(i => i % files.Count == 0));
    }

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_pictures, recursive: true);
    }

    private async Task KillAgainAndAgainAsync(ServerProcess server)
    {
        var random = new Random(Seed);
        for (var kill = 0; kill < _kills; kill++)
        {
            var moment = random.Next(50, 1800);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(moment));
            await timer.WaitForNextTickAsync(_limit.Token);
            await server.KillAsync();
            await server.StartAsync();
            output.WriteLine($"kill {kill + 1} after {moment} ms");
        }
    }

    /// <summary>The photo that shows the child first; then others, one without a face, and one that cannot be read.</summary>
    private async Task<IReadOnlyList<string>> FilesAsync()
    {
        var (wall, damaged) = (Path.Combine(_pictures, "wall.jpg"), Path.Combine(_pictures, "damaged.jpg"));
        await File.WriteAllBytesAsync(wall, RecognitionHost.Wall);
        await File.WriteAllBytesAsync(damaged, RecognitionHost.Sample(2)[..20_000]);
        return [Sample(6), Sample(2), wall, Sample(1), damaged];
    }

    private static string Sample(int number) => Path.Combine(SharedPhotos.Samples, $"sample{number}.jpg");

    private static async Task PostAsync(GroupClient group, string file, string source, CancellationToken cancellation)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                await group.PostAsync(file, source, cancellation);
                return;
            }
            catch (HttpRequestException error) when (error.StatusCode is null or HttpStatusCode.ServiceUnavailable)
            {
                // It was killed while it answered, or is not back yet.
                await again.WaitForNextTickAsync(cancellation);
            }
        }
    }

    /// <summary>The last pictures and notices may still be on their way when the last photo has ended.</summary>
    private async Task QuietAsync(ServerProcess server)
    {
        using var database = new Recognition.Storage.Database(_data, beside: true);
        await Eventually.TrueAsync(
            async () => await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM messages")) == 0,
            $"no message is left; the server printed:\n{server.Output}");
    }
}
