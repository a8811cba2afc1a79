using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Bot.Tests.Trust;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Flows.Models;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>An operator chooses another recogniser while children are registered: nobody is lost, and vectors of two models never meet.</summary>
public sealed class AnotherRecogniser : IAsyncLifetime
{
    private TrustChats _chats = null!;
    private DirectLineChat _parent = null!;

    private BotServer Server => _chats.Server;

    public async ValueTask InitializeAsync()
    {
        SharedPhotos.SkipIfModelsMissing();
        _chats = await TrustChats.StartAsync(("Atmosphere:Faces:Models:Workers", "2"));
        _parent = await _chats.OpenAsync();
        await _chats.RegisterAsync(_parent, "Anna", PhotoOf(0));
        Put();
    }

    public ValueTask DisposeAsync() => _chats is null ? ValueTask.CompletedTask : _chats.DisposeAsync();

    [Fact]
    public async Task The_running_server_describes_all_faces_anew_and_then_changes_over()
    {
        var old = await ModelAsync();
        Assert.Equal("named", await PostAsync(1));
        Assert.Contains("better: intel", await DoctorAsync(), StringComparison.Ordinal);

        var use = await RunAsync("models", "use", "intel");
        Assert.Contains("in the background", use.Out, StringComparison.Ordinal);
        var ready = Server.Services.GetRequiredService<ModelSwitch>();
        await Eventually.TrueAsync(() => ready.IsReady, "all faces are described by intel");

        // Until the next start nothing in use has changed.
        Assert.Equal(old, await ModelInTheDatabaseAsync());
        await Server.RestartAsync();
        Assert.NotEqual(old, await ModelAsync());
        Assert.Equal(await ModelAsync(), await ModelInTheDatabaseAsync());
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM embeddings WHERE model = @old", new { old }));
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM next_learned) + (SELECT COUNT(*) FROM next_embeddings)"));
        Assert.Equal("named", await PostAsync(0));
        Assert.Contains("OK    recogniser: intel", await DoctorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_running_server_the_command_does_all_and_the_way_back_is_the_same()
    {
        var old = await ModelAsync();
        Assert.Equal("named", await PostAsync(1));

        await Server.RestartAsync(() => UseOffline("intel"));
        Assert.NotEqual(old, await ModelAsync());
        Assert.Equal("named", await PostAsync(0));

        await Server.RestartAsync(() => UseOffline("face-api"));
        Assert.Equal(old, await ModelAsync());
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM embeddings WHERE model <> @old", new { old }));
    }

    [Fact]
    public async Task A_run_that_was_killed_goes_on_where_it_was()
    {
        foreach (var photo in (int[])[1, 2])
            _ = await PostAsync(photo);
        await _chats.QuietAsync();
        var faces = Server.Services.GetRequiredService<Redescription>();
        using (var engine = Server.Services.GetRequiredService<ModelEngines>().Open("intel"))
        {
            using var killed = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => faces.ContinueAsync(engine.Faces, new After(1, killed), killed.Token));
            Assert.Equal(2, await faces.LeftAsync(engine.Faces, default));
            Assert.False(await faces.TakeOverAsync(engine, default));
        }

        // The next start finds the wish, does the rest and takes over.
        await Server.Services.GetRequiredService<Database>().WriteAsync(session => ModelUse.WantAsync(session, ModelUse.Recogniser, "intel", DateTimeOffset.UnixEpoch));
        await Server.RestartAsync();
        Assert.Equal(await ModelAsync(), await ModelInTheDatabaseAsync());
        Assert.Contains("OK    recogniser: intel", await DoctorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parent_of_whom_no_picture_is_kept_is_asked_for_photos()
    {
        await _chats.ChangeAsync("UPDATE persons SET portrait = NULL");
        await Server.RestartAsync(() => UseOffline("intel"));

        Assert.Equal(0, await Server.QueryAsync<long>("SELECT COUNT(*) FROM collection_faces"));
        await Server.Services.GetRequiredService<Database>().WriteAsync(
            session => Server.Services.GetRequiredService<IOutbox>().SendAsync(session, new LookAfterRequests(DateTimeOffset.UnixEpoch)));
        Assert.Contains("I kept no picture of Anna", (await _parent.HearAsync()).Text, StringComparison.Ordinal);
        Assert.NotEqual("named", await PostAsync(1));
    }

    [Fact]
    public async Task With_a_damaged_network_the_recogniser_in_use_stays()
    {
        var old = await ModelAsync();
        File.Delete(Path.Combine(Server.Data, "models", "intel", "face-reidentification-retail-0095.bin"));
        var refused = await RunAsync("models", "use", "intel");
        Assert.Equal(ExitCode.Failure, refused.Code);
        Assert.Contains("atmosphere models get intel", refused.Error, StringComparison.Ordinal);

        await Server.Services.GetRequiredService<Database>().WriteAsync(session => ModelUse.WantAsync(session, ModelUse.Recogniser, "intel", DateTimeOffset.UnixEpoch));
        await Server.RestartAsync();
        Assert.Equal(old, await ModelAsync());
        Assert.Equal("named", await PostAsync(1));
        Assert.Contains("FAIL  recogniser: face-api stays, because intel cannot be used: ", await DoctorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erased_child_leaves_no_vector_of_the_recogniser_that_is_wanted()
    {
        using (var engine = Server.Services.GetRequiredService<ModelEngines>().Open("intel"))
            await Server.Services.GetRequiredService<Redescription>().ContinueAsync(engine.Faces, null, default);
        Assert.Equal(1, await Server.QueryAsync<long>("SELECT COUNT(*) FROM next_learned"));

        await _chats.RemoveAsync(_parent, "Anna");
        await _chats.ErasedAsync();
        Assert.Equal(0, await Server.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM next_learned) + (SELECT COUNT(*) FROM next_embeddings)"));
    }

    private static string PhotoOf(int number) =>
        Directory.GetFiles(SharedPhotos.Path("lfw", "Anna_Kournikova")).Order(StringComparer.Ordinal).ElementAt(number);

    private Task<string> ModelAsync() => Task.FromResult(Server.Services.GetRequiredService<IFaceEngine>().Model);

    private Task<string?> ModelInTheDatabaseAsync() => Server.QueryAsync<string>("SELECT model FROM collections");

    /// <returns>The verdict on the face of the photo.</returns>
    private async Task<string?> PostAsync(int number)
    {
        using var group = new GroupClient(Server.Address);
        var photo = Path.GetFileName(PhotoOf(number));
        await group.PostAsync(PhotoOf(number), photo, default);
        _ = await group.FinishedAsync(photo, default);
        return await Server.QueryAsync<string>("SELECT f.verdict FROM faces f JOIN photos p ON p.id = f.photo_id ORDER BY p.received_at DESC, f.similarity DESC LIMIT 1");
    }

    private void Put()
    {
        var folder = Path.Combine(Server.Data, "models", "intel");
        Directory.CreateDirectory(folder);
        foreach (var file in KnownModels.Intel.Files)
            File.Copy(Path.Combine(SharedPhotos.Models, file.Name), Path.Combine(folder, file.Name));
    }

    private void UseOffline(string model)
    {
        var use = RunAsync("models", "use", model).GetAwaiter().GetResult();
        Assert.True(use.Code == ExitCode.Success, use.Error);
        Assert.Contains($"{model} is in use.", use.Out, StringComparison.Ordinal);
    }

    private async Task<string> DoctorAsync() => (await RunAsync("doctor", "--urls", "http://127.0.0.1:0")).Out;

    private Task<CommandLineRun> RunAsync(params string[] arguments) => CommandLineRun.OfAsync([.. arguments, "--data", Server.Data]);

    private sealed class After(int count, CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == count)
                stop.Cancel();
        }
    }
}
