using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Notices;

/// <summary>The publisher against brokers that do not do as they should.</summary>
public sealed class MqttPublisherTests
{
    [Fact]
    public async Task The_first_packet_is_what_the_standard_says()
    {
        (byte Type, byte[] Body) first = (0, []);
        await using var broker = new ScriptedBroker(async (stream, _) =>
        {
            first = await ScriptedBroker.PacketAsync(stream);
            await stream.WriteAsync(ScriptedBroker.Accepted);
            await ConfirmAllAsync(stream);
        });
        var options = broker.Options;
        (options.User, options.Password) = ("station", "secret");
        await using var publisher = Publisher(options);

        await publisher.PublishAsync("t", "one"u8.ToArray(), default);

        byte[] start = [0, 4, .. "MQTT"u8, 4, 0xC2, 0, 60, 0, 22, .. "atmosphere"u8];
        Assert.Equal(0x10, first.Type);
        Assert.Equal(start, first.Body[..start.Length]);
        Assert.Equal((byte[])[0, 7, .. "station"u8, 0, 6, .. "secret"u8], first.Body[(start.Length + 12)..]);
    }

    [Fact]
    public async Task A_message_that_was_not_confirmed_is_sent_again_and_says_so()
    {
        var types = new ConcurrentQueue<byte>();
        await using var broker = new ScriptedBroker(async (stream, number) =>
        {
            await ScriptedBroker.AcceptClientAsync(stream);
            var (type, body) = await ScriptedBroker.PacketAsync(stream);
            types.Enqueue(type);
            if (number == 0)
                return;
            await stream.WriteAsync((byte[])[0x40, 2, .. ScriptedBroker.NumberOf(body)]);
            await ScriptedBroker.PacketAsync(stream);
        });
        await using var publisher = Publisher(broker.Options);

        await publisher.PublishAsync("t", "one"u8.ToArray(), default);

        Assert.Equal((byte[])[0x32, 0x3A], types.ToArray());
    }

    [Fact]
    public async Task Confirmations_of_other_messages_are_not_taken_for_ones_own_and_slow_ones_are_waited_for()
    {
        await using var broker = new ScriptedBroker(async (stream, _) =>
        {
            await ScriptedBroker.PacketAsync(stream);
            await SlowlyAsync(stream, ScriptedBroker.Accepted);
            var (_, body) = await ScriptedBroker.PacketAsync(stream);
            await SlowlyAsync(stream, [0x40, 2, 0xFF, 0xFE, 0xD0, 0, 0x40, 2, .. ScriptedBroker.NumberOf(body)]);
            await ScriptedBroker.PacketAsync(stream);
        });
        await using var publisher = Publisher(broker.Options);

        await publisher.PublishAsync("t", "one"u8.ToArray(), default);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak MQTT")]
    [InlineData("", "ended the connection")]
    [InlineData(" ", "ended the connection")]
    [InlineData(" \u0002\0", "ended the connection")]
    [InlineData(" \u007f", "does not speak MQTT")]
    [InlineData("@\u0002\0\u0001", "answered Published")]
    [InlineData(" \u0002\0\u0005", "refuses the user or the password")]
    [InlineData(" \u0002\0\u0003", "not available now")]
    [InlineData(" \u0002\0\u0063", "code 99")]
    public async Task What_answers_the_wrong_thing_is_named(string answer, string words)
    {
        await using var broker = new ScriptedBroker(async (stream, _) =>
        {
            await ScriptedBroker.PacketAsync(stream);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer));
        });
        await using var publisher = Publisher(broker.Options);

        var error = await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "one"u8.ToArray(), default));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_nothing_is_not_waited_for_longer_than_was_agreed()
    {
        await using var broker = new ScriptedBroker((stream, _) => stream.CopyToAsync(Stream.Null));
        var options = broker.Options;
        options.Timeout = TimeSpan.FromMilliseconds(100);
        await using var publisher = Publisher(options);

        var error = await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "one"u8.ToArray(), default));

        Assert.Contains("did not accept the connection within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_named_also_while_it_is_not_asked_again()
    {
        await using var publisher = Publisher(new MqttOptions { Host = "nowhere.invalid" }, TestClock.New());

        var asked = await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "one"u8.ToArray(), default));
        var resting = await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "two"u8.ToArray(), default));

        Assert.Contains("nowhere.invalid", asked.Message, StringComparison.Ordinal);
        Assert.Equal(asked.Message, resting.Message);
    }

    [Fact]
    public async Task Who_never_confirms_is_given_up_after_the_second_time()
    {
        await using var broker = new ScriptedBroker(async (stream, _) =>
        {
            await ScriptedBroker.AcceptClientAsync(stream);
            await stream.CopyToAsync(Stream.Null);
        });
        var options = broker.Options;
        options.Timeout = TimeSpan.FromMilliseconds(100);
        await using var publisher = Publisher(options);

        var error = await Assert.ThrowsAsync<MqttException>(() => publisher.PublishAsync("t", "one"u8.ToArray(), default));

        Assert.Contains("did not confirm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_of_any_kind_ends_in_a_confirmation_or_a_said_error()
    {
        var random = new Random(3);
        var gate = new Lock();
        await using var broker = new ScriptedBroker(async (stream, _) =>
        {
            byte[] garbage;
            lock (gate)
            {
                garbage = new byte[random.Next(0, 12)];
                random.NextBytes(garbage);
                if (random.Next(2) == 0)
                    garbage = [.. ScriptedBroker.Accepted, 0x40, 2, 0, .. garbage];
            }

            await ScriptedBroker.PacketAsync(stream);
            await stream.WriteAsync(garbage);
        });
        for (var round = 0; round < 300; round++)
        {
            await using var publisher = Publisher(broker.Options);
            try
            {
                await publisher.PublishAsync("t", "one"u8.ToArray(), default);
            }
            catch (Exception error)
            {
                Assert.True(error is TryLaterException or MqttException, error.ToString());
            }
        }
    }

    [Fact]
    public async Task A_silent_connection_is_kept_alive_and_one_that_died_is_replaced()
    {
        var clock = TestClock.New();
        var connections = 0;
        var pings = 0;
        var goodbye = new TaskCompletionSource();
        await using var broker = new ScriptedBroker(async (stream, number) =>
        {
            await ScriptedBroker.AcceptClientAsync(stream);
            Interlocked.Increment(ref connections);
            while (true)
            {
                var (type, body) = await ScriptedBroker.PacketAsync(stream);
                if (type == 0x32)
                    await stream.WriteAsync((byte[])[0x40, 2, .. ScriptedBroker.NumberOf(body)]);
                if (type == 0xE0)
                    goodbye.TrySetResult();
                // The first ping is answered, the second is not.
                if (type == 0xC0 && Interlocked.Increment(ref pings) == 1)
                    await stream.WriteAsync((byte[])[0xD0, 0]);
            }
        });
        await using (var publisher = Publisher(broker.Options, clock))
        {
            await publisher.PublishAsync("t", "one"u8.ToArray(), default);
            await PublisherPingsAsync(1);
            await publisher.PublishAsync("t", "two"u8.ToArray(), default);
            Assert.Equal(1, connections);
            await PublisherPingsAsync(2);
            await Eventually.TrueAsync(
                async () =>
                {
                    clock.Advance(TimeSpan.FromSeconds(30));
                    await publisher.PublishAsync("t", "three"u8.ToArray(), default);
                    return connections >= 2;
                },
                "there is a new connection");
        }

        await Eventually.EndsAsync(goodbye.Task, "the publisher says goodbye");

        Task PublisherPingsAsync(int count) => Eventually.TrueAsync(
            () =>
            {
                // The timer may be set a moment after the connection is used.
                clock.Advance(TimeSpan.FromSeconds(pings < count ? 10 : 0));
                return pings >= count;
            },
            $"there are {count} pings");
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_spoil_it_for_others()
    {
        var first = new TaskCompletionSource();
        await using var broker = new ScriptedBroker(async (stream, number) =>
        {
            Assert.Equal(0, number);
            await ScriptedBroker.AcceptClientAsync(stream);
            await ScriptedBroker.PacketAsync(stream);
            first.SetResult();
            await ConfirmAllAsync(stream);
        });
        await using var publisher = Publisher(broker.Options);
        using var impatient = new CancellationTokenSource();
        var lost = publisher.PublishAsync("t", "one"u8.ToArray(), impatient.Token);
        await first.Task;

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        await publisher.PublishAsync("t", "two"u8.ToArray(), default);
    }

    private static MqttPublisher Publisher(MqttOptions options, TimeProvider? clock = null) =>
        new(Options.Create(options), clock ?? TimeProvider.System, NullLogger<MqttPublisher>.Instance);

    private static async Task SlowlyAsync(NetworkStream stream, byte[] bytes)
    {
        foreach (var one in bytes)
        {
            await stream.WriteAsync((byte[])[one]);
            await Task.Delay(1);
        }
    }

    private static async Task ConfirmAllAsync(Stream stream)
    {
        while (true)
        {
            var (type, body) = await ScriptedBroker.PacketAsync(stream);
            if (type is 0x32 or 0x3A)
                await stream.WriteAsync((byte[])[0x40, 2, .. ScriptedBroker.NumberOf(body)]);
        }
    }
}
