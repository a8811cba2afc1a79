using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A face that a box gave up stayed refused when its message was replayed: the replay succeeded, and nothing happened.</summary>
public sealed class AReplayedFaceIsDecided : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    private DeadLetters Letters => _host.Get<DeadLetters>();

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("StoreSql", typeof(FaceFound))]
    [InlineData("IdentifyFace", typeof(FaceStored))]
    [InlineData("FinalizeIdentified", typeof(FaceIdentified))]
    public async Task The_parent_gets_the_photo_once_its_message_is_replayed(string step, Type type)
    {
        var given = await GiveUpAsync(step, type);
        Assert.Empty(_host.Parents.Got);

        foreach (var letter in await Letters.ListAsync(null, 100))
            Assert.True(await Letters.ReplayAsync(letter));
        Assert.Null(await _host.ScalarAsync<long?>("SELECT distributed_at FROM photos"));
        await _host.RunQueuedAsync();

        Assert.NotEqual(0, given);
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM faces WHERE verdict IN ('refused', 'undecided')"));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM photo_steps WHERE outcome = 'failed'"));
        Assert.NotNull(await _host.ScalarAsync<long?>("SELECT distributed_at FROM photos"));
        Assert.Single(_host.Parents.Got);
    }

    [Fact]
    public async Task Replaying_the_message_for_a_picture_of_the_face_decides_nothing()
    {
        await GiveUpAsync("IdentifyFace", typeof(FaceStored));
        await _host.ExecuteAsync("UPDATE dead_letters SET queue = 'atmosphere-images-in-db/StoreRectangles'");
        foreach (var letter in await Letters.ListAsync(null, 100))
            Assert.True(await Letters.ReplayAsync(letter));

        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM faces WHERE verdict = 'undecided'"));
        Assert.NotNull(await _host.ScalarAsync<long?>("SELECT distributed_at FROM photos"));
    }

    [Fact]
    public async Task A_face_whose_time_to_live_is_over_is_refused_with_the_remedy()
    {
        await GiveUpAsync("IdentifyFace", typeof(FaceStored));
        await _host.ExecuteAsync("UPDATE photos SET expired_at = 1");

        var refusal = await Assert.ThrowsAsync<ReplayRefusedException>(async () => await Letters.ReplayAsync((await Letters.ListAsync(null, 1))[0]));

        Assert.Contains("drop it", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(await _host.ScalarAsync<long?>("SELECT distributed_at FROM photos"));
    }

    /// <summary>A photo with a child of a parent; a box gives up all of its faces.</summary>
    private async Task<int> GiveUpAsync(string step, Type type)
    {
        var row = _host.Get<FlowTables>().HandlersOf(type).Single(row => row.Step == step);
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        var given = 0;
        while (await _host.TakeAsync() is { } message)
        {
            if (message.GetType() != type)
            {
                await _host.RunAsync(message);
                continue;
            }

            await _host.ExhaustAsync(message, new IOException("The disk has a bad day."));
            await _host.Database.WriteAsync(session => session.ExecuteAsync(
                """
                INSERT INTO dead_letters (id, queue, type, body, correlation_id, attempts, crashes, sent_at, died_at, reason, stack)
                VALUES (@id, @Queue, @type, @body, 'c', 4, 0, 1, 2, 'r', 's')
                """,
                new { id = $"{given++}", row.Queue, type = type.FullName, body = MessageJson.Write(message) }));
        }

        return given;
    }
}
