using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Pipeline;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>The place where the branches of the pipeline meet: e and f are the branches that end, x is a failure.</summary>
public sealed class SyncPointTests : IAsyncLifetime
{
    private static readonly PhotoId _photo = new("0123456789abcdef0123456789abcdef");
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("e", 0)]
    [InlineData("f", 0)]
    [InlineData("ef", 1)]
    [InlineData("fe", 1)]
    [InlineData("ee", 0)]
    [InlineData("eef", 1)]
    [InlineData("effe", 1)]
    [InlineData("feffeefe", 1)]
    [InlineData("xef", 0)]
    [InlineData("exf", 0)]
    [InlineData("efx", 1)]
    [InlineData("efxef", 1)]
    public async Task The_gate_opens_once_whatever_arrives_twice_or_late(string arrivals, int opened)
    {
        await _host.Database.WriteAsync(session => SyncPoints.ForkAsync(session, _photo));
        await ArriveAsync(arrivals);
        await _host.Database.WriteAsync(session => SyncPoints.ForkAsync(session, _photo));

        Assert.Equal(opened, await SentAsync());
    }

    [Fact]
    public async Task A_photo_without_a_sync_point_neither_fails_nor_opens_one()
    {
        await ArriveAsync("efxfe");

        Assert.Equal(0, await SentAsync());
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM sync_points"));
    }

    private async Task ArriveAsync(string arrivals)
    {
        foreach (var arrival in arrivals)
        {
            await _host.Database.WriteAsync(session => arrival == 'x'
                ? SyncPoints.CloseAsync(session, _photo, DateTimeOffset.UnixEpoch)
                : SyncPoint.ArriveAsync(session, _host.Get<IOutbox>(), _photo, arrival == 'e' ? Branch.Exif : Branch.Faces, DateTimeOffset.UnixEpoch));
        }
    }

    private async Task<int> SentAsync() =>
        await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM messages WHERE type = '{typeof(CompletePhoto).FullName}'");
}
