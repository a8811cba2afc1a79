using System.Text.Json;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>Deliveries repeat, effects do not: every step of every flow gets its message twice, and the second time changes nothing.</summary>
public sealed class EachStepTwice : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async Task InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_second_time_changes_no_row_no_file_and_sends_nothing()
    {
        var parent = await _host.ParentAsync("mother");
        await TwiceAsync(new Atmosphere.Recognition.Messages.ConnectPerson(await _host.RegisterAsync("Maya", parent, RecognitionHost.Sample(2), 1)));
        await TwiceAsync(new GiveUpPerson(await _host.RegisterAsync("Ben", parent, RecognitionHost.Sample(2), 0), NotConnectedReason.CouldNotLearn));
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "wall", "wall.jpg", RecognitionHost.Wall, default);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "damaged", "damaged.jpg", RecognitionHost.Sample(2).AsMemory(0, 20_000), default, parent);

        var handled = new HashSet<Type> { typeof(Atmosphere.Recognition.Messages.ConnectPerson), typeof(GiveUpPerson) };
        while (await _host.TakeAsync() is { } message)
        {
            await TwiceAsync(message);
            handled.Add(message.GetType());
        }

        // Asked for by timers, not by another message.
        await TwiceAsync(new RunRetention(DateTimeOffset.UnixEpoch));
        await TwiceAsync(new RunSweep(DateTimeOffset.UnixEpoch));
        handled.UnionWith([typeof(RunRetention), typeof(RunSweep)]);

        var tables = FlowDiagrams.Tables.Where(table => table.Steps[0].StepType.Assembly == typeof(IMessage).Assembly);
        Assert.All(tables.SelectMany(table => table.Steps), row => Assert.Contains(row.MessageType, handled));
        Assert.Equal(["photo.delivered", "photo.refused"], _host.Parents.Got.Select(notice => notice.Text).Distinct().Order());
        Assert.Equal(2, _host.Parents.Got.Select(notice => notice.Delivery).Distinct().Count());
    }

    private async Task TwiceAsync(IMessage message)
    {
        await _host.RunAsync(message);
        var once = await EverythingAsync();
        await _host.RunAsync(message);
        Assert.Equal(once, await EverythingAsync());
    }

    private async Task<string> EverythingAsync()
    {
        var tables = await _host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));
        var all = new List<string>();
        foreach (var table in tables)
        {
            var rows = await _host.Database.ReadAsync(session => session.QueryAsync<object>($"SELECT * FROM {table}"));
            all.Add($"{table}: {JsonSerializer.Serialize(rows)}");
        }

        foreach (var bucket in Enum.GetValues<MediaBucket>())
            all.Add($"{bucket}: {string.Join(' ', (await _host.Media.ListAsync(bucket, default)).Select(file => file.Key))}");
        return string.Join('\n', all);
    }
}
