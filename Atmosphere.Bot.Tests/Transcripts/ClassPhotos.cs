using System.Net.Http.Headers;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Transcripts;

/// <summary>The class group beside a transcript: somebody posts photos there.</summary>
internal static class ClassPhotos
{
    /// <summary>Posts a photo through the playground's door and waits until all that leaves at once has left.</summary>
    public static async Task PostAsync(BotServer server, string file)
    {
        using var http = new HttpClient();
        using var form = new MultipartFormDataContent();
        using var photo = new ByteArrayContent(TranscriptFiles.Read(file));
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(photo, "file", file);
        using var answer = await http.PostAsync(new Uri(server.Address, "/playground/groups/class/photos"), form);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        // In one look: between two of them the photo comes out of the inbox, and neither sees it.
        await Eventually.TrueAsync(
            async () => await server.QueryAsync<long>(
                """
                SELECT COUNT(*) FROM inbox i LEFT JOIN photos p ON p.id = i.photo_id
                WHERE i.outcome IS NULL AND (p.id IS NULL OR (p.distributed_at IS NULL AND p.state <> 'failed'))
                """) == 0,
            $"{file} is distributed");
        await SentAsync(server);
    }

    /// <summary>The photos that wait for the evening were posted long ago: the next look at the clock sends them.</summary>
    public static async Task ComeTheEveningAsync(BotServer server)
    {
        var outbox = server.Services.GetRequiredService<IOutbox>();
        await server.Services.GetRequiredService<Database>().WriteAsync(async session =>
        {
            _ = await session.ExecuteAsync("UPDATE media_distributions SET created_at = 0 WHERE album = 'waiting'");
            await outbox.SendAsync(session, new GatherAlbums(DateTimeOffset.UnixEpoch));
        });
        await Eventually.TrueAsync(
            async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM media_distributions WHERE album IS NOT NULL") == 0, "the albums are opened");
        await SentAsync(server);
    }

    private static Task SentAsync(BotServer server) => Eventually.TrueAsync(
        async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM media_distributions WHERE state IN ('pending', 'sending') AND album IS NULL") == 0,
        "every delivery is sent");
}
