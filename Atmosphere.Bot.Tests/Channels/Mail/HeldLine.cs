using System.Net;
using System.Net.Sockets;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>A port in front of a server that holds new connections while it is closed.</summary>
internal sealed class HeldLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
    private readonly int _to;
    private TaskCompletionSource _gate = new();
    private int _held;

    public HeldLine(int to)
    {
        _to = to;
        _gate.SetResult();
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The connections that wait.</summary>
    public int Held => Volatile.Read(ref _held);

    public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _gate.TrySetResult();

    public void Dispose()
    {
        Open();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = JoinAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task JoinAsync(TcpClient client)
    {
        using (client)
        {
            _ = Interlocked.Increment(ref _held);
            await _gate.Task;
            _ = Interlocked.Decrement(ref _held);
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
        }
    }
}
