using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Identify;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>Of two faces that resemble one child alike, the one that was decided first kept the name, and its photo went out.</summary>
public sealed class ARivalForANameIsAQuestion : IAsyncLifetime
{
    private RecognitionHost _host = null!;
    private PhotoId _photo;
    private FaceId _first, _second;
    private PersonId _anna;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false);
        _anna = await _host.ConnectAsync("Anna", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 0);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        while (await _host.TakeAsync() is { } message)
        {
            if (message is FaceFound found)
                await RunOnlyAsync("StoreSql", found);
            else if (message is not FaceStored)
                await _host.RunAsync(message);
        }

        _photo = new PhotoId((await _host.ScalarAsync<string>("SELECT id FROM photos"))!);
        var faces = await _host.Database.ReadAsync(session => session.QueryAsync<FaceId>("SELECT id FROM faces ORDER BY x"));
        (_first, _second) = (faces[0], faces[1]);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_become_uncertain_whether_the_first_was_named_or_only_suggested(bool finalized)
    {
        await RunOnlyAsync(nameof(IdentifyFace), new FaceStored(_photo, _first));
        var identified = new FaceIdentified(_photo, _first, _anna);
        if (finalized)
        {
            await RunOnlyAsync(nameof(FinalizeIdentified), identified);
            Assert.Equal("named", await VerdictAsync(_first));
        }

        await LooksAlikeAsync(_second);
        await RunOnlyAsync(nameof(IdentifyFace), new FaceStored(_photo, _second));
        await RunOnlyAsync(nameof(FinalizeIdentified), identified);

        Assert.Equal(("uncertain", "uncertain"), (await VerdictAsync(_first), await VerdictAsync(_second)));
    }

    private Task<string?> VerdictAsync(FaceId face) => _host.ScalarAsync<string>($"SELECT verdict FROM faces WHERE id = '{face}'");

    /// <summary>What a search says when the child was learned from another photo meanwhile.</summary>
    private Task LooksAlikeAsync(FaceId face) => _host.Database.WriteAsync(async session =>
    {
        await session.ExecuteAsync("UPDATE searches SET verdict = 'named' WHERE face_id = @face", new { face });
        await session.ExecuteAsync("DELETE FROM candidates WHERE face_id = @face", new { face });
        await session.ExecuteAsync(
            """
            INSERT INTO candidates (face_id, rank, photo_id, person_id, similarity)
            SELECT @face, 1, photo_id, person_id, similarity - 1 FROM candidates WHERE face_id = @_first AND rank = 1
            """,
            new { face, _first });
    });

    private async Task RunOnlyAsync(string step, IMessage message)
    {
        var effects = await _host.Get<FlowTables>().Rows.Single(row => row.Step == step).Handle(_host.Get<IServiceProvider>(), message, default);
        await _host.Database.WriteAsync(session => effects.ApplyAsync(session, _host.Get<IOutbox>()));
    }
}
