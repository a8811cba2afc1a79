using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>"Delete for everyone" was not read: the photo was delivered, or waited for the evening album.</summary>
public sealed class AWithdrawnPhotoIsGone : IAsyncLifetime
{
    private WahaClass _class = null!;

    public async ValueTask InitializeAsync() => _class = await WahaClass.StartAsync();

    public ValueTask DisposeAsync() => _class.DisposeAsync();

    [Fact]
    public async Task A_photo_that_waits_for_the_evening_album_does_not_go_out_and_nothing_is_left_of_it()
    {
        var mother = await _class.RegisterAsync();
        await _class.Server.Database.WriteAsync(session => session.ExecuteAsync("UPDATE participants SET album = 'daily' WHERE id = @mother", new { mother }));
        var files = StoredFiles();
        await _class.PostPhotoAsync("P");
        await Eventually.TrueAsync(async () => await CountAsync("media_distributions WHERE album = 'waiting'") == 1, "it waits for the evening");
        await _class.QuietAsync();
        Assert.NotEmpty(StoredFiles().Except(files));

        await _class.WithdrawAsync("P");
        await NothingIsLeftAsync(files);
        Assert.Equal(1, await CountAsync("media_distributions WHERE state = 'withheld' AND error = 'withdrawn'"));
        Assert.Equal(0, await _class.Server.NotificationsAsync("photo-withdrawn"));
        await _class.Server.Database.WriteAsync(session => _class.Server.Bot.Services.GetRequiredService<IOutbox>().SendAsync(session, new GatherAlbums(DateTimeOffset.MaxValue)));
        await _class.QuietAsync();
        Assert.Equal(0, _class.Told("photo.delivered") + _class.Told("album.heading"));
    }

    [Fact]
    public async Task What_was_delivered_already_is_listed_for_operators_and_nobody_is_told()
    {
        await _class.RegisterAsync();
        await _class.QuietAsync();
        var files = StoredFiles();
        await _class.PostPhotoAsync("P");
        await Eventually.TrueAsync(() => _class.Told("photo.delivered") == 1, "it is delivered");
        await _class.QuietAsync();
        var told = _class.Server.Parents.Got.Count;

        await _class.WithdrawAsync("P");
        await NothingIsLeftAsync(files);
        Assert.Equal(told, _class.Server.Parents.Got.Count);
        var notice = await _class.Server.Bot.QueryAsync<string>("SELECT text FROM notifications WHERE kind = 'photo-withdrawn'");
        Assert.Contains("after 1 participant had got it", notice, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("media_distributions WHERE state = 'sent' AND media IS NULL"));

        // A second telling of it changes nothing.
        await _class.WithdrawAsync("P");
        await _class.QuietAsync();
        Assert.Equal(1, await CountAsync("photos"));
    }

    [Fact]
    public async Task A_withdrawal_that_comes_before_its_photo_counts()
    {
        await _class.WithdrawAsync("P");
        await _class.QuietAsync();
        await _class.PostPhotoAsync("P");
        await _class.QuietAsync();

        Assert.Empty(_class.Waha.Fetched);
        Assert.Equal(0, await CountAsync("photos") + await CountAsync("group_files") + await CountAsync("faces"));
    }

    [Fact]
    public async Task A_photo_that_was_fetched_and_waits_for_its_turn_is_not_looked_at()
    {
        await using var slow = await WahaClass.StartAsync(("Atmosphere:Channels:WhatsApp:PhotosPerHour", "1"));
        await slow.PostPhotoAsync("first");
        await slow.PostPhotoAsync("second");
        await Eventually.TrueAsync(async () => await slow.Server.CountAsync("inbox WHERE media IS NOT NULL") == 1, "the second waits for the next hour");

        await slow.WithdrawAsync("second");
        await slow.WithdrawAsync("first");
        await Eventually.TrueAsync(() => slow.Server.Bot.FilesIn("unprocessed").Length + slow.Server.Bot.FilesIn("processed").Length == 0, "both files are deleted");
        Assert.Equal(0, await slow.Server.CountAsync("inbox WHERE media IS NOT NULL"));
    }

    /// <summary>The shapes in which WAHA's engines tell of it.</summary>
    [Theory]
    [InlineData("message.revoked", """{"revokedMessageId":"P","before":null,"after":{"id":"false_120363000000000001@g.us_X_4915100000001@c.us","from":"120363000000000001@g.us"}}""")]
    [InlineData("message.revoked", """{"after":{"id":"false_120363000000000001@g.us_X_4915100000001@c.us","from":"120363000000000001@g.us"},"before":{"id":"false_120363000000000001@g.us_P_4915100000001@c.us","from":"120363000000000001@g.us"}}""")]
    [InlineData("message.revoked", """{"before":null,"after":{"id":"false_120363000000000001@g.us_X_1@lid","from":"120363000000000001@g.us","_data":{"type":"revoked","protocolMessageKey":{"id":"P","_serialized":"false_120363000000000001@g.us_P_1@lid"}}}}""")]
    [InlineData("message.revoked", """{"before":null,"after":{"id":"false_120363000000000001@g.us_X_1@lid","from":"120363000000000001@g.us","_data":{"message":{"protocolMessage":{"type":"REVOKE","key":{"id":"P"}}}}}}""")]
    [InlineData("message", """{"id":"false_120363000000000001@g.us_X_4915100000001@c.us","from":"120363000000000001@g.us","hasMedia":false,"_data":{"message":{"protocolMessage":{"type":0,"key":{"id":"P"}}}}}""")]
    [InlineData("message.any", """{"id":"false_120363000000000001@g.us_X_4915100000001@c.us","from":"120363000000000001@g.us","hasMedia":false,"_data":{"Info":{"Edit":"7"},"Message":{"protocolMessage":{"type":0,"key":{"ID":"P"}}}}}""")]
    public async Task Each_engine_is_understood(string name, string payload)
    {
        await _class.PostPhotoAsync("P");
        await Eventually.TrueAsync(async () => await CountAsync("photos") == 1, "it is taken");
        await _class.PostAsync(_class.Waha.Event(name, JsonNode.Parse(payload)!.AsObject()));
        await Eventually.TrueAsync(async () => await CountAsync("photos WHERE state = 'erased'") == 1, "it is withdrawn");
    }

    [Fact]
    public async Task A_withdrawal_in_another_group_or_of_another_message_withdraws_nothing()
    {
        await _class.PostPhotoAsync("P");
        await Eventually.TrueAsync(async () => await CountAsync("photos") == 1, "it is taken");
        await _class.WithdrawAsync("Q");
        var elsewhere = _class.Waha.Event("message.revoked", new JsonObject
        {
            ["revokedMessageId"] = "P",
            ["after"] = new JsonObject { ["id"] = $"false_{Other}_X_1@lid", ["from"] = Other },
        });
        await _class.PostAsync(elsewhere);
        await _class.QuietAsync();

        Assert.Equal(0, await CountAsync("photos WHERE state = 'erased'"));
    }

    [Fact]
    public async Task An_older_copy_of_the_database_does_not_bring_the_photo_back()
    {
        await _class.PostPhotoAsync("P");
        await _class.QuietAsync();
        var copy = Directory.CreateTempSubdirectory("atmosphere-backup-").FullName;
        try
        {
            await _class.Server.Bot.RestartAsync(() => File.Copy(Path.Combine(_class.Server.Bot.Data, "atmosphere.db"), Path.Combine(copy, "atmosphere.db")));
            await _class.WithdrawAsync("P");
            await Eventually.TrueAsync(async () => await CountAsync("photos WHERE state = 'erased' AND media IS NULL") == 1, "it is withdrawn");
            await _class.QuietAsync();

            await _class.Server.Bot.RestartAsync(() => File.Copy(Path.Combine(copy, "atmosphere.db"), Path.Combine(_class.Server.Bot.Data, "atmosphere.db"), overwrite: true));
            await Eventually.TrueAsync(async () => await CountAsync("photos WHERE state = 'erased' AND media IS NULL") == 1, "it is withdrawn again");
            Assert.Equal(0, await CountAsync("faces"));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private async Task NothingIsLeftAsync(IReadOnlyCollection<string> before)
    {
        await Eventually.TrueAsync(async () => await CountAsync("photos WHERE state = 'erased' AND media IS NULL") == 1, "it is withdrawn");
        await _class.QuietAsync();
        Assert.Empty(StoredFiles().Except(before));
        foreach (var table in (string[])["faces", "bounding_boxes", "candidates", "cluster_faces", "questions", "exif", "image_table", "photo_steps", "report_photos"])
            Assert.True(await CountAsync(table) == 0, table);
        Assert.Equal(0, await CountAsync("embeddings WHERE photo_id IN (SELECT id FROM photos)"));
    }

    private List<string> StoredFiles() => [.. Directory.EnumerateFiles(Path.Combine(_class.Server.Bot.Data, "media"), "*", SearchOption.AllDirectories)];

    private Task<long> CountAsync(string rows) => _class.Server.CountAsync(rows);
}
