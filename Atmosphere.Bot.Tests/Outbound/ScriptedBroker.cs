using System.Net;
using System.Net.Sockets;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Outbound.Mqtt;

namespace Atmosphere.Bot.Tests.Outbound;

/// <summary>Something that listens where a broker should, and does what the test says.</summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    public static readonly byte[] Accepted = [0x20, 2, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    /// <param name="script">What happens on a connection, by its number from 0.</param>
    public ScriptedBroker(Func<NetworkStream, int, Task> script)
    {
        _listener.Start();
        _work = AcceptAsync(script);
    }

    public MqttOptions Options => new() { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, Version = MqttOptions.Version311, Timeout = Eventually.Limit };

    /// <summary>Takes the first packet and says yes.</summary>
    public static async Task AcceptClientAsync(Stream stream)
    {
        Assert.Equal(0x10, (await PacketAsync(stream)).Type);
        await stream.WriteAsync(Accepted);
    }

    /// <summary>Reads a packet as chapter 2 of MQTT 3.1.1 has it.</summary>
    public static async Task<(byte Type, byte[] Body)> PacketAsync(Stream stream)
    {
        var type = (await BytesAsync(stream, 1))[0];
        var (length, shift, more) = (0, 0, true);
        while (more)
        {
            var digit = (await BytesAsync(stream, 1))[0];
            length |= (digit & 0x7F) << shift;
            shift += 7;
            more = digit >= 0x80;
        }

        return (type, await BytesAsync(stream, length));
    }

    /// <summary>The number under which a message wants to be confirmed.</summary>
    public static byte[] NumberOf(byte[] publish)
    {
        var at = 2 + (publish[0] << 8) + publish[1];
        return publish[at..(at + 2)];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _work;
        _end.Dispose();
    }

    private static async Task<byte[]> BytesAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private async Task AcceptAsync(Func<NetworkStream, int, Task> script)
    {
        var running = new List<Task>();
        try
        {
            for (var number = 0; ; number++)
                running.Add(RunAsync(await _listener.AcceptTcpClientAsync(_end.Token), script, number));
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(TcpClient client, Func<NetworkStream, int, Task> script, int number)
    {
        using (client)
        {
            await using var stream = client.GetStream();
            await using var stop = _end.Token.Register(client.Close);
            try
            {
                await script(stream, number);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // The other side is gone.
            }
        }
    }
}
