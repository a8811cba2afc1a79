using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Bot.Tests.Outbound;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound.Mqtt;

namespace Atmosphere.Bot.Tests.Flows.Gateway;

public sealed class NotifyMqttTests
{
    private static readonly Box _box = new(300, 200, 120, 90.5f);

    [Fact]
    public async Task Devices_of_the_group_hear_of_a_face_and_of_nobody()
    {
        using var broker = await Mosquitto.StartedAsync();
        var lines = await broker.ListenAsync();
        await using var host = await RecognitionHost.StartAsync(workers: false, settings: Settings(broker.Port));
        var photo = await ProcessedPhoto.AddAsync(host, DrawnPhotos.Quarters(800, 600), _box, stored: false);
        await host.ExecuteAsync("UPDATE groups SET name = 'The Bees'");
        await host.ExecuteAsync($"INSERT INTO exif (photo_id, taken_at, utc_offset, latitude, longitude) VALUES ('{photo.Photo}', '2026-03-01T09:00:00', '+01:00', 52.5, 13.25)");

        await host.RunAsync(photo.Found);

        await Eventually.TrueAsync(() => !lines.IsEmpty, "the message arrived");
        var parts = Assert.Single(lines).Split('|', 3);
        Assert.Equal(("station/one/class/faces", "1"), (parts[0], parts[1]));
        Assert.Equal(
            $$"""{"photo":"{{photo.Photo}}","face":"{{photo.Face}}","group":"class","client":"gate","box":{"x":300,"y":200,"width":120,"height":90.5},"width":800,"height":600,"receivedAt":"2026-03-01T08:00:00+00:00","takenAt":"2026-03-01T09:00:00","takenOffset":"+01:00"}""",
            parts[2]);
    }

    [Fact]
    public async Task A_group_with_a_strange_id_is_one_level_of_the_topic()
    {
        using var broker = await Mosquitto.StartedAsync();
        var lines = await broker.ListenAsync();
        await using var host = await RecognitionHost.StartAsync(workers: false, settings: Settings(broker.Port));
        var photo = await ProcessedPhoto.AddAsync(host, DrawnPhotos.Quarters(800, 600), _box, stored: false);
        await host.ExecuteAsync("INSERT INTO groups (id, name, created_at) VALUES ('a/+/#', 'x', 0)");
        await host.ExecuteAsync("UPDATE photos SET group_id = 'a/+/#'");

        await host.RunAsync(photo.Found);

        await Eventually.TrueAsync(() => !lines.IsEmpty, "the message arrived");
        Assert.StartsWith("station/one/a%2F%2B%2F%23/faces|", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM bounding_boxes; DELETE FROM searches; DELETE FROM photos")]
    [InlineData("UPDATE photos SET state = 'erased'")]
    public async Task Of_a_photo_that_is_gone_nothing_is_told(string gone)
    {
        // Nobody listens on the port, so an attempt to notify would fail.
        await using var host = await RecognitionHost.StartAsync(workers: false, settings: Settings(1));
        var photo = await ProcessedPhoto.AddAsync(host, DrawnPhotos.Quarters(800, 600), _box, stored: false);
        await host.ExecuteAsync(gone);

        await host.RunAsync(photo.Found);
    }

    [Fact]
    public async Task Without_a_broker_nothing_is_told()
    {
        await using var host = await RecognitionHost.StartAsync(workers: false);
        var photo = await ProcessedPhoto.AddAsync(host, DrawnPhotos.Quarters(800, 600), _box, stored: false);

        await host.RunAsync(photo.Found);
    }

    [Theory]
    [InlineData("mqtt://broker", null, null, null, "atmosphere", 10, "Host is 'mqtt://broker'")]
    [InlineData("broker", 0, null, null, "atmosphere", 10, "Port is 0")]
    [InlineData("broker", null, "secret", null, "atmosphere", 10, "Password is set and")]
    [InlineData("broker", null, null, "/no/ca.pem", "atmosphere", 10, "which cannot be read")]
    [InlineData("broker", null, null, null, "a/#", 10, "TopicPrefix is 'a/#'")]
    [InlineData("broker", null, null, null, "/a", 10, "TopicPrefix is '/a'")]
    [InlineData("broker", null, null, null, "atmosphere", 0, "Timeout is 00:00:00")]
    public void A_setting_that_cannot_work_is_named(string host, int? port, string? password, string? file, string prefix, int timeout, string words)
    {
        var options = new MqttOptions
        {
            Host = host,
            Port = port,
            Password = password,
            Tls = file is not null,
            CaFile = file,
            TopicPrefix = prefix,
            Timeout = TimeSpan.FromSeconds(timeout),
        };

        var problem = Assert.Single(options.AllProblems());

        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    private static (string, string)[] Settings(int port) =>
    [
        ("Atmosphere:Notices:Mqtt:Host", "127.0.0.1"),
        ("Atmosphere:Notices:Mqtt:Port", $"{port}"),
        ("Atmosphere:Notices:Mqtt:TopicPrefix", "station/one"),
    ];
}
