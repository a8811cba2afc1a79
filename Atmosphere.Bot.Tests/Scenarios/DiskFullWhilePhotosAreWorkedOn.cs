using System.Net;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Console.Playground;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>The disk fills up while photos are worked on, and is freed again: nobody restarts anything, and nothing is lost or broken.</summary>
[Trait("Length", "Long")]
public sealed class DiskFullWhilePhotosAreWorkedOn(ITestOutputHelper output) : IDisposable
{
    private static readonly string _photo = Path.Combine(SharedPhotos.Samples, "sample6.jpg");
    private readonly CancellationTokenSource _limit = Eventually.Scenario();
    private readonly int _rounds = LongRun.Of(8, 2);

    [Fact]
    public async Task Intake_refuses_with_507_while_the_disk_is_full_and_recovers_by_itself()
    {
        using var disk = SmallDisk.Mount(megabytes: 64);
        using var server = new ServerProcess(disk.Folder, ServerProcess.EveryPhotoCounts);
        await server.StartAsync();
        try
        {
            await FillAndFreeAsync(disk, server);
        }
        catch
        {
            output.WriteLine(server.Output);
            throw;
        }
    }

    public void Dispose() => _limit.Dispose();

    private async Task FillAndFreeAsync(SmallDisk disk, ServerProcess server)
    {
        using (var parent = await DirectLineClient.StartAsync(server.Address, _limit.Token))
            await ChildRegistration.ByChatAsync(parent, "Maya", _photo, face: 1, heard: null, _limit.Token);

        using var group = new GroupClient(server.Address);
        var photos = 0;
        for (var round = 0; round < _rounds; round++)
        {
            // Some photos are on their way when the last byte goes.
            for (var i = 0; i < 4; i++)
                await group.PostAsync(_photo, $"photo-{photos++}", _limit.Token);
            disk.Fill();

            // What the steps delete meanwhile makes room for moments: it is filled again until the door says no.
            var refused = $"photo-{photos++}";
            while (await TryPostAsync(group, refused))
            {
                refused = $"photo-{photos++}";
                disk.Fill();
            }

            disk.Free();
            await group.PostAsync(_photo, refused, _limit.Token);
            for (var i = 0; i < photos; i++)
                Assert.Equal(GroupPhase.Done, (await group.FinishedAsync($"photo-{i}", _limit.Token)).Phase);
        }

        using (var database = new Database(disk.Folder, beside: true))
        {
            await Eventually.TrueAsync(
                async () => await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM messages")) == 0,
                $"no message is left; the server printed:\n{server.Output}");
        }

        await server.KillAsync();
        await PhotoAudit.CheckAsync(disk.Folder, photos, delivered: photos);
    }

    private async Task<bool> TryPostAsync(GroupClient group, string source)
    {
        try
        {
            await group.PostAsync(_photo, source, _limit.Token);
            return true;
        }
        catch (HttpRequestException error)
        {
            Assert.Equal(HttpStatusCode.InsufficientStorage, error.StatusCode);
            return false;
        }
    }
}
