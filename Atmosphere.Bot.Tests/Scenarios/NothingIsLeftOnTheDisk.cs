using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>Through the front door over HTTP, with a name that occurs nowhere else, and then a search of the bytes on the disk.</summary>
public sealed class NothingIsLeftOnTheDisk : IAsyncLifetime
{
    private const string Name = "Quetzalinda";
    private static readonly GroupId _class = new("class");
    private BotServer _server = null!;
    private DirectLineChat _chat = null!;
    private int _said;
    private IReadOnlyList<string> _ids = [];
    private IReadOnlyList<byte[]> _vectors = [];

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync(null, ("Atmosphere:Erasures:LastWord", "00:00:00"));
        _chat = new DirectLineChat(_server);
        await _chat.OpenAsync();
        _ = await _chat.HearAsync();
        _ = await SayAsync("add child");
        _ = await SayAsync(Name);
        _ = await SayAsync("", "noa-1.jpg");
        _ = await SayAsync("done");
        _ = await SayAsync("yes");
        _ = await SayAsync("yes");
        _ = await _chat.HearAsync();
        await _server.Services.GetRequiredService<GroupPhotos>().ReceiveAsync(_class, "one", "one.jpg", RecognitionHost.Sample(3), default);
        Assert.Contains(Name, (await _chat.HearAsync()).Text, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0, "all messages are handled");
        await _server.Services.GetRequiredService<Database>().ReadAsync(async session =>
        {
            _ids =
            [
                .. await session.QueryAsync<string>("SELECT id FROM persons"),
                .. await session.QueryAsync<string>("SELECT id FROM faces WHERE verdict = 'named'"),
                .. await session.QueryAsync<string>("SELECT face_id FROM collection_faces"),
            ];
            _vectors =
            [
                .. await session.QueryAsync<byte[]>("SELECT vector FROM collection_faces"),
                .. await session.QueryAsync<byte[]>("SELECT e.vector FROM embeddings e JOIN faces f ON f.id = e.face_id WHERE f.verdict = 'named'"),
            ];
            return 0;
        });
        Assert.Equal((3, 2), (_ids.Count, _vectors.Count));
        Assert.NotEmpty(ByteSearch.Texts(_server.Data, Name));
        Assert.NotEmpty(ByteSearch.Vectors(_server.Data, _vectors));
    }

    public async ValueTask DisposeAsync()
    {
        await _chat.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Of_a_removed_child()
    {
        Assert.Contains(Name, await SayAsync($"remove {Name}"), StringComparison.Ordinal);
        _ = await SayAsync("yes");
        Assert.Contains("(2)", (await _chat.HearAsync()).Text, StringComparison.Ordinal);
        await ErasedAsync();
        Assert.Empty(ByteSearch.Texts(_server.Data, [Name, .. _ids]));
        Assert.Empty(ByteSearch.Vectors(_server.Data, _vectors));
    }

    [Fact]
    public async Task Of_somebody_who_is_forgotten()
    {
        var participant = await _server.QueryAsync<string>("SELECT id FROM participants");
        _ = await SayAsync("forget me");
        await _chat.SayAsync("the last one", "yes", []);
        await ErasedAsync();
        Assert.Empty(ByteSearch.Texts(_server.Data, [Name, participant!, _chat.Conversation, _server.Services.GetRequiredService<Database>().Key.HashOf(_chat.Conversation), .. _ids]));
        Assert.Empty(ByteSearch.Vectors(_server.Data, _vectors));
    }

    [Fact]
    public async Task Of_a_group_that_has_ended()
    {
        var photo = await _server.QueryAsync<string>("SELECT id FROM photos");
        await _server.Services.GetRequiredService<Database>().WriteAsync(
            session => _server.Services.GetRequiredService<IErasures>().EndGroupAsync(session, _class));
        await ErasedAsync();
        Assert.Empty(ByteSearch.Texts(_server.Data, [Name, photo!, .. _ids]));
        Assert.Empty(ByteSearch.Vectors(_server.Data, _vectors));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_server.Data, "media"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task After_an_older_backup_was_restored()
    {
        var backup = Directory.CreateTempSubdirectory("atmosphere-backup-").FullName;
        try
        {
            await _server.RestartAsync(() => Copy(_server.Data, backup));
            _ = await SayAsync("remove child");
            _ = await SayAsync("yes");
            _ = await _chat.HearAsync();
            await ErasedAsync();
            var log = await File.ReadAllBytesAsync(Path.Combine(_server.Data, "erasures.log"));

            await _server.RestartAsync(() =>
            {
                Directory.Delete(_server.Data, recursive: true);
                Copy(backup, _server.Data);
                File.WriteAllBytes(Path.Combine(_server.Data, "erasures.log"), log);
            });
            var deliveries = await _server.QueryAsync<long>("SELECT COUNT(*) FROM media_distributions");
            await _server.Services.GetRequiredService<GroupPhotos>().ReceiveAsync(_class, "two", "two.jpg", RecognitionHost.Sample(2), default);
            await Eventually.TrueAsync(
                async () => (await _server.Services.GetRequiredService<GroupPhotos>().FindAsync(_class, "two"))?.Ended == true, "the second photo has ended");
            await ErasedAsync();
            Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM persons"));
            Assert.True(await _server.QueryAsync<long>("SELECT COUNT(*) FROM media_distributions") <= deliveries);
            Assert.Equal(0, await _server.QueryAsync<long>("SELECT COUNT(*) FROM media_distributions"));
            Assert.Empty(ByteSearch.Texts(_server.Data, [Name, .. _ids]));
            Assert.Empty(ByteSearch.Vectors(_server.Data, _vectors));
        }
        finally
        {
            Directory.Delete(backup, recursive: true);
        }
    }

    private async Task<string> SayAsync(string text, params string[] files)
    {
        await _chat.SayAsync($"message-{_said++}", text, files);
        return (await _chat.HearAsync()).Text;
    }

    private Task ErasedAsync() => Eventually.TrueAsync(
        async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM erasures") > 0
            && await _server.QueryAsync<long>("SELECT COUNT(*) FROM erasures WHERE state <> 'erased'") == 0
            && await _server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0,
        "everything is erased");

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
