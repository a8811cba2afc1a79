using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Channels.Groups;

public sealed class PaceTests
{
    private const string Teacher = "4915100000001@c.us";

    [Fact]
    public async Task A_flood_in_one_group_waits_and_the_photo_of_another_does_not()
    {
        await using var waha = await FakeWaha.StartAsync();
        await using var server = await StartAsync([.. waha.Settings, ("Atmosphere:Channels:WhatsApp:PhotosPerHour", "5")]);
        var teacher = await server.ParticipantAsync("+4915100000001", teacher: true);
        await waha.PostAsync(server.Bot.Address, waha.Message(Class, Teacher, await server.CodeAsync(teacher, "A"), "A", Now - 60));
        await waha.PostAsync(server.Bot.Address, waha.Message(Other, Teacher, await server.CodeAsync(teacher, "B"), "B", Now - 60));
        await server.LinkedAsync("whatsapp-waha", Class);
        await server.LinkedAsync("whatsapp-waha", Other);
        waha.Files["wall.jpg"] = RecognitionHost.Wall;
        waha.Files["other.jpg"] = RecognitionHost.Wall;

        for (var number = 0; number < 40; number++)
            await waha.PostAsync(server.Bot.Address, waha.Message(Class, Teacher, "", $"flood-{number}", Now, "wall.jpg"));
        await waha.PostAsync(server.Bot.Address, waha.Message(Other, Teacher, "", "one", Now, "other.jpg"));
        await Eventually.TrueAsync(() => waha.Fetched.Count == 41, "all are fetched, as the container soon deletes them");
        await Eventually.TrueAsync(
            async () => await server.CountAsync("messages WHERE queue = 'whatsapp-message-processing' AND due_at > sent_at + 3000000") == 35, "the others wait");

        await Eventually.TrueAsync(async () => await server.CountAsync("group_files") == 0, "nothing is left to fetch");
        Assert.Equal(41, await server.CountAsync("inbox"));
    }

    [Fact]
    public async Task Whoever_posts_more_than_their_share_waits_and_the_others_of_the_class_do_not()
    {
        await using var waha = await FakeWaha.StartAsync();
        await using var server = await StartAsync([.. waha.Settings, ("Atmosphere:Channels:WhatsApp:PhotosPerHourOfOne", "3")]);
        var teacher = await server.ParticipantAsync("+4915100000001", teacher: true);
        await waha.PostAsync(server.Bot.Address, waha.Message(Class, Teacher, await server.CodeAsync(teacher), "A", Now - 60));
        await server.LinkedAsync("whatsapp-waha", Class);
        waha.Files["wall.jpg"] = RecognitionHost.Wall;

        for (var number = 0; number < 8; number++)
            await waha.PostAsync(server.Bot.Address, waha.Message(Class, Teacher, "", $"flood-{number}", Now, "wall.jpg"));
        await waha.PostAsync(server.Bot.Address, waha.Message(Class, "4915100000002@c.us", "", "one", Now, "wall.jpg"));
        await Eventually.TrueAsync(() => waha.Fetched.Count == 9, "all are fetched");
        await Eventually.TrueAsync(
            async () => await server.CountAsync("messages WHERE queue = 'whatsapp-message-processing' AND due_at > sent_at + 3000000") == 5, "five of one wait");
        await Eventually.TrueAsync(async () => await server.CountAsync("group_files") == 0, "nothing is left to fetch");
        Assert.Equal(4, await server.Bot.QueryAsync<long>("SELECT taken FROM group_paces"));
    }

    [Fact]
    public void A_share_begins_anew_each_hour_and_those_who_waited_come_first()
    {
        var shares = new AuthorShares(Options.Create(new GroupOptions { PhotosPerHourOfOne = 2 }));
        var now = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        TimeSpan? Take(string photo, double hours = 0, string author = "one") => shares.Take(RecognitionHost.Class, author, photo, now.AddHours(hours));

        Assert.Equal([null, null, 3600, 3600.2, 7200], new[] { "a", "b", "c", "d", "e" }.Select(photo => Take(photo)?.TotalSeconds));
        Assert.Equal(3600, Take("c")?.TotalSeconds);
        Assert.Null(Take("a", author: "other"));
        Assert.Equal(3600.2, Take("f", 1)!.Value.TotalSeconds, 3);
        Assert.Null(Take("g", 9));
    }

    [Fact]
    public async Task Photos_beyond_the_hours_number_are_spread_over_the_next_hours()
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        var now = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        var waits = new List<TimeSpan>();
        for (var photo = 0; photo < 7; photo++)
            waits.Add(await host.Database.WriteAsync(session => GroupPaces.NextAsync(session, RecognitionHost.Class, 3, now)));
        Assert.Equal([0, 0.2, 0.4, 3600, 3600.2, 3600.4, 7200], waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(TimeSpan.Zero, await host.Database.WriteAsync(session => GroupPaces.NextAsync(session, RecognitionHost.Class, 3, now.AddHours(4))));
    }
}
