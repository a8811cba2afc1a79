using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A teacher who links her own phone to the container posts photos as "fromMe"; they were taken for the bot's own messages.</summary>
public sealed class TheOwnPhoneTakesPhotosToo : IAsyncLifetime
{
    private WahaClass _class = null!;

    public async ValueTask InitializeAsync() => _class = await WahaClass.StartAsync(("Atmosphere:Channels:WhatsApp:Waha:FilesWithin", "00:00:00"));

    public ValueTask DisposeAsync() => _class.DisposeAsync();

    /// <summary>Engines differ in where they name the group.</summary>
    [Theory]
    [InlineData(Class, FakeWaha.Me)]
    [InlineData(FakeWaha.Me, Class)]
    [InlineData(FakeWaha.Me, null)]
    public async Task A_photo_from_the_linked_phone_is_a_photo_of_the_class(string from, string? to)
    {
        await PostAsync("app", from, to);
        await Eventually.TrueAsync(async () => await _class.Server.CountAsync("photos") == 1, "it is taken");
        Assert.True(await _class.Server.IsMemberAsync(_class.Group, "+15550009999"));
    }

    [Theory]
    [InlineData("api")]
    [InlineData(null)]
    public async Task What_the_bot_sends_itself_is_not(string? source)
    {
        await PostAsync(source, Class, FakeWaha.Me);
        await _class.QuietAsync();
        Assert.Empty(_class.Waha.Fetched);
        Assert.Equal(0, await _class.Server.CountAsync("photos"));
    }

    [Fact]
    public async Task What_the_owner_of_the_phone_writes_to_a_parent_is_not_answered()
    {
        var message = _class.Waha.Message(WahaClass.MotherId, FakeWaha.Me, "hello", "W", Now);
        (message["payload"]!["fromMe"], message["payload"]!["source"], message["event"]) = (true, "app", "message.any");
        await _class.PostAsync(message);
        await _class.QuietAsync();
        Assert.Equal(0, await _class.Server.CountAsync("turns"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task A_file_that_comes_a_little_late_is_fetched_then(int misses)
    {
        await using var patient = await WahaClass.StartAsync();
        var asked = 0;
        patient.Waha.Before = context =>
        {
            if (!context.Request.Path.StartsWithSegments("/api/files") || ++asked > misses)
                return Task.FromResult(false);
            context.Response.StatusCode = 404;
            return Task.FromResult(true);
        };
        await patient.PostPhotoAsync("P");
        await Eventually.TrueAsync(async () => await patient.Server.CountAsync("photos") == 1, "it is taken");
        Assert.Equal(0, await patient.Server.NotificationsAsync("photo-not-fetched"));
    }

    [Fact]
    public async Task A_file_that_does_not_come_in_time_is_told_to_operators()
    {
        await _class.PostPhotoAsync("P", file: "gone.jpg");
        await Eventually.TrueAsync(async () => await _class.Server.NotificationsAsync("photo-not-fetched") == 1, "operators are told");
    }

    private async Task PostAsync(string? source, string from, string? to)
    {
        var message = _class.Waha.Message(Class, FakeWaha.Me, "", "OWN", Now, "photo.jpg");
        var payload = message["payload"]!;
        (message["event"], payload["id"], payload["fromMe"], payload["from"], payload["to"]) = ("message.any", $"true_{Class}_OWN_{FakeWaha.Me}", true, from, to);
        if (source is not null)
            payload["source"] = source;
        Assert.Equal(200, await _class.PostAsync(message));
    }
}
