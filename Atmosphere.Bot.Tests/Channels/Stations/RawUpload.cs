using System.Net.Sockets;
using System.Text;

namespace Atmosphere.Bot.Tests.Channels.Stations;

/// <summary>An upload byte by byte, as a station on a bad network sends it.</summary>
internal sealed class RawUpload : IDisposable
{
    private const string Boundary = "edge";

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private NetworkStream _stream = null!;

    /// <param name="contentLength">Null: the body comes in chunks.</param>
    public static async Task<RawUpload> BeginAsync(StationAtTheDoor station, string key, long? contentLength)
    {
        var upload = new RawUpload();
        var server = station.Server.Address;
        var length = contentLength is null ? "Transfer-Encoding: chunked" : $"Content-Length: {contentLength}";
        await upload._socket.ConnectAsync(server.Host, server.Port);
        upload._stream = new NetworkStream(upload._socket);
        await upload.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/faces HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {station.Token}\r\nIdempotency-Key: {key}\r\n"
            + $"Content-Type: multipart/form-data; boundary={Boundary}\r\n{length}\r\nConnection: close\r\n\r\n"));
        return upload;
    }

    public static byte[] Part(string name, byte[] bytes) =>
        [.. Encoding.ASCII.GetBytes($"\r\n--{Boundary}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"{name}\"\r\n\r\n"), .. bytes];

    public static byte[] End => Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    public Task SendChunkAsync(byte[] bytes) => SendAsync([.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8]);

    /// <summary>Sends a chunk that is too much.</summary>
    /// <returns>All that the server answers until it closes; null: it closed the connection while the chunk was sent.</returns>
    public async Task<string?> SendTooMuchAsync(byte[] bytes)
    {
        try
        {
            await SendChunkAsync(bytes);
            return await ReadAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Sends nothing more, but listens.</summary>
    public void Hush() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>All that the server answers until it closes.</summary>
    public async Task<string> ReadAsync()
    {
        using var reader = new StreamReader(_stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync();
    }

    /// <summary>The connection is gone at once, as when a cable is pulled.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Close(timeout: 0);
    }
}
