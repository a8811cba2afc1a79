using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound.Mqtt;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Outbound;

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
    public async Task A_message_that_was_not_confirmed_is_said_to_be_so_and_the_next_try_has_a_new_connection()
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

        await Assert.ThrowsAsync<MqttException>(() => publisher.PublishAsync("t", "one"u8.ToArray(), default));
        await publisher.PublishAsync("t", "one"u8.ToArray(), default);

        Assert.Equal((byte[])[0x32, 0x32], types.ToArray());
    }

    [Fact]
    public async Task All_who_share_a_connection_that_breaks_are_told()
    {
        await using var broker = new ScriptedBroker(async (stream, _) =>
        {
            await ScriptedBroker.AcceptClientAsync(stream);
            for (var message = 0; message < 3; message++)
                await ScriptedBroker.PacketAsync(stream);
        });
        await using var publisher = Publisher(broker.Options);

        var publishing = Enumerable.Range(0, 3).Select(_ => publisher.PublishAsync("t", "one"u8.ToArray(), default)).ToList();

        foreach (var one in publishing)
            await Assert.ThrowsAsync<MqttException>(() => Eventually.EndsAsync(one, "who waits is told"));
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
    [InlineData("@\u0002\0\u0001", "does not speak MQTT")]
    [InlineData(" \u0002\0\u0005", "refuses the user or the password")]
    [InlineData(" \u0002\0\u0003", "not available now")]
    [InlineData(" \u0002\0\u0063", "does not speak MQTT")]
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
        await using var publisher = Publisher(new MqttOptions { Host = "nowhere.invalid" }, new TestClock());

        var asked = await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "one"u8.ToArray(), default));
        var resting = await Assert.ThrowsAsync<TryLaterException>(() => publisher.PublishAsync("t", "two"u8.ToArray(), default));

        Assert.Contains("nowhere.invalid", asked.Message, StringComparison.Ordinal);
        Assert.Equal(asked.Message, resting.Message);
    }

    [Fact]
    public async Task A_connection_that_confirms_nothing_is_given_up_and_replaced()
    {
        await using var broker = new ScriptedBroker(async (stream, number) =>
        {
            await ScriptedBroker.AcceptClientAsync(stream);
            await ConfirmAsync(stream, number == 0 ? 1 : int.MaxValue);
            await stream.CopyToAsync(Stream.Null);
        });
        var options = broker.Options;
        await using var publisher = Publisher(options);
        await publisher.PublishAsync("t", "one"u8.ToArray(), default);
        options.Timeout = TimeSpan.FromMilliseconds(300);

        var error = await Assert.ThrowsAsync<MqttException>(() => publisher.PublishAsync("t", "two"u8.ToArray(), default));
        options.Timeout = Eventually.Limit;
        await publisher.PublishAsync("t", "three"u8.ToArray(), default);

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
        new(Options.Create(options), clock ?? TimeProvider.System);

    private static async Task SlowlyAsync(NetworkStream stream, byte[] bytes)
    {
        foreach (var one in bytes)
        {
            await stream.WriteAsync((byte[])[one]);
            await Task.Delay(1);
        }
    }

    private static Task ConfirmAllAsync(Stream stream) => ConfirmAsync(stream, int.MaxValue);

    private static async Task ConfirmAsync(Stream stream, int messages)
    {
        while (messages > 0)
        {
            var (type, body) = await ScriptedBroker.PacketAsync(stream);
            if (type is not (0x32 or 0x3A))
                continue;
            await stream.WriteAsync((byte[])[0x40, 2, .. ScriptedBroker.NumberOf(body)]);
            messages--;
        }
    }
}
