using System.Text;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound.Mqtt;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Outbound;

/// <summary>The publisher against a real broker and a client that nobody here wrote.</summary>
public sealed class MqttOnMosquittoTests
{
    private const string Secret = "open sesame";

    [Theory]
    [InlineData(MqttOptions.Version5, "(p5,")]
    [InlineData(MqttOptions.Version311, "(p2,")]
    public async Task A_message_arrives_with_quality_of_service_1_whatever_its_length(string version, string shown)
    {
        using var broker = await Mosquitto.StartedAsync();
        var lines = await broker.ListenAsync();
        await using var publisher = Publisher(new MqttOptions { Port = broker.Port, Version = version });
        int[] lengths = [0, 1, 100, 127, 128, 16_383, 16_384, 100_000];

        foreach (var length in lengths)
            await publisher.PublishAsync("atmosphere/class/faces", Encoding.ASCII.GetBytes(new string('x', length)), default);

        await Eventually.TrueAsync(() => lines.Count == lengths.Length, "all messages arrived");
        Assert.Equal(lengths.Select(length => $"atmosphere/class/faces|1|{new string('x', length)}"), lines);
        Assert.Contains(broker.Log, line => line.Contains("as atmosphere", StringComparison.Ordinal) && line.Contains(shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_nobody_listens_to_is_published_all_the_same()
    {
        using var broker = await Mosquitto.StartedAsync();
        await using var publisher = Publisher(new MqttOptions { Port = broker.Port });

        await publisher.PublishAsync("t", "one"u8.ToArray(), default);
    }

    [Fact]
    public async Task A_topic_that_the_user_may_not_write_to_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("atmosphere-topics-");
        var rights = Path.Combine(folder.FullName, "rights");
        await File.WriteAllTextAsync(rights, "topic write atmosphere/#\n");
        using var broker = await Mosquitto.StartedAsync($"acl_file {rights}");
        await using var publisher = Publisher(new MqttOptions { Port = broker.Port });

        await publisher.PublishAsync("atmosphere/class/faces", "one"u8.ToArray(), default);
        var error = await Assert.ThrowsAsync<MqttException>(() => publisher.PublishAsync("secrets", "two"u8.ToArray(), default));

        Assert.Contains("refuses a message to secrets", error.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(MqttOptions.Version5)]
    [InlineData(MqttOptions.Version311)]
    public async Task Many_at_once_share_one_connection_and_all_arrive(string version)
    {
        using var broker = await Mosquitto.StartedAsync("max_connections 2");
        var lines = await broker.ListenAsync();
        await using var publisher = Publisher(new MqttOptions { Port = broker.Port, Version = version });

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => publisher.PublishAsync("t", Encoding.ASCII.GetBytes($"{number}"), default)));

        await Eventually.TrueAsync(() => lines.Count >= 200, "all messages arrived");
        Assert.Equal(Enumerable.Range(0, 200).Select(number => $"t|1|{number}").Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(MqttOptions.Version5)]
    [InlineData(MqttOptions.Version311)]
    public async Task The_right_password_opens_and_a_wrong_one_says_what_to_do_without_telling_it(string version)
    {
        var folder = Directory.CreateTempSubdirectory("atmosphere-users-");
        using var broker = await Mosquitto.StartedAsync(Mosquitto.WithUser(folder.FullName, "station", Secret));
        var lines = await broker.ListenAsync("-u", "station", "-P", Secret);

        await using (var publisher = Publisher(new MqttOptions { Port = broker.Port, User = "station", Password = Secret, Version = version }))
            await publisher.PublishAsync("t", "in"u8.ToArray(), default);
        await using (var publisher = Publisher(new MqttOptions { Port = broker.Port, User = "station", Password = Secret + "!", Version = version }))
        {
            var error = await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "out"u8.ToArray(), default));
            Assert.Contains("Check Atmosphere:Notices:Mqtt:User", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        }

        await using (var publisher = Publisher(new MqttOptions { Port = broker.Port, Version = version }))
            await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "out"u8.ToArray(), default));
        await Eventually.TrueAsync(() => lines.Count == 1, "the message of the right user arrived");
        Assert.Equal(["t|1|in"], lines);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(MqttOptions.Version5)]
    [InlineData(MqttOptions.Version311)]
    public async Task A_broker_is_trusted_only_with_a_certificate_of_its_authority_and_name(string version)
    {
        using var authority = new Authority();
        using var stranger = new Authority();
        using var broker = await Mosquitto.StartedAsync(authority.Broker("localhost"));
        var lines = await broker.ListenAsync("--cafile", authority.CaFile, "--insecure");

        await using (var publisher = Publisher(Tls("localhost", authority.CaFile)))
            await publisher.PublishAsync("t", "trusted"u8.ToArray(), default);
        await using (var publisher = Publisher(Tls("localhost", stranger.CaFile)))
            Assert.Contains("CaFile", (await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "no"u8.ToArray(), default))).Message, StringComparison.Ordinal);
        await using (var publisher = Publisher(Tls("localhost", null)))
            await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "no"u8.ToArray(), default));
        await using (var publisher = Publisher(Tls("127.0.0.1", authority.CaFile)))
            await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "no"u8.ToArray(), default));
        await using (var publisher = Publisher(new MqttOptions { Port = broker.Port, Timeout = TimeSpan.FromSeconds(2) }))
            await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "no"u8.ToArray(), default));

        await Eventually.TrueAsync(() => !lines.IsEmpty, "the trusted message arrived");
        Assert.Equal(["t|1|trusted"], lines);

        MqttOptions Tls(string host, string? file) => new() { Host = host, Port = broker.Port, Tls = true, CaFile = file, Version = version };
    }

    [Fact]
    public async Task Without_tls_on_the_other_side_nothing_is_sent()
    {
        using var broker = await Mosquitto.StartedAsync();
        await using var publisher = Publisher(new MqttOptions { Port = broker.Port, Tls = true, Timeout = TimeSpan.FromSeconds(2) });

        await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "no"u8.ToArray(), default));
    }

    [Theory]
    [InlineData(MqttOptions.Version5)]
    [InlineData(MqttOptions.Version311)]
    public async Task A_broker_that_was_restarted_is_connected_to_again(string version)
    {
        using var broker = await Mosquitto.StartedAsync();
        await using var publisher = Publisher(new MqttOptions { Port = broker.Port, Version = version });
        await publisher.PublishAsync("t", "one"u8.ToArray(), default);

        await broker.StopAsync();
        await broker.StartAsync();
        var lines = await broker.ListenAsync();
        await publisher.PublishAsync("t", "two"u8.ToArray(), default);

        await Eventually.TrueAsync(() => !lines.IsEmpty, "the second message arrived");
        Assert.Equal(["t|1|two"], lines);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_left_alone_for_a_while_that_grows_and_then_tried_again()
    {
        using var broker = Mosquitto.Install();
        var clock = new TestClock();
        await using var publisher = Publisher(new MqttOptions { Port = broker.Port }, clock: clock);

        Assert.Equal(1, await RestAsync());
        Assert.Equal(1, await RestAsync());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await RestAsync());
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(4, await RestAsync());
        await broker.StartAsync();
        Assert.Equal(4, await RestAsync());
        clock.Advance(TimeSpan.FromSeconds(4));
        await publisher.PublishAsync("t", "at last"u8.ToArray(), default);
        await broker.StopAsync();
        await Eventually.TrueAsync(
            async () => await Record.ExceptionAsync(() => publisher.PublishAsync("t", "no"u8.ToArray(), default)) is TryLaterException { Rest.TotalSeconds: 1 },
            "the rest begins anew");

        async Task<double> RestAsync() =>
            (await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "no"u8.ToArray(), default))).Rest.TotalSeconds;
    }

    private static MqttPublisher Publisher(MqttOptions options, TimeProvider? clock = null)
    {
        options.Host ??= "127.0.0.1";
        Assert.Empty(options.AllProblems());
        return new MqttPublisher(Options.Create(options), clock ?? TimeProvider.System);
    }
}
