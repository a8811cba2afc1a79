using System.Net.Sockets;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>A request byte by byte: it can promise a body and keep it back.</summary>
internal sealed class RawRequest : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private NetworkStream _stream = null!;
    private StreamReader _reader = null!;
    private Task<string> _answer = null!;

    /// <summary>The status line and the headers of the answer; not yet there: null.</summary>
    public string? Answer => _answer.IsCompletedSuccessfully ? _answer.Result : null;

    /// <param name="head">The request's first line, and its headers without Host.</param>
    public static Task<RawRequest> SendAsync(BotServer server, params string[] head) => SendAllAsync(server, [head[0], $"Host: {server.Address.Authority}", .. head.Skip(1)]);

    /// <param name="head">All of it.</param>
    public static async Task<RawRequest> SendAllAsync(BotServer server, params string[] head)
    {
        var request = new RawRequest();
        await request._socket.ConnectAsync(server.Address.Host, server.Address.Port);
        request._stream = new NetworkStream(request._socket);
        request._reader = new StreamReader(request._stream, Encoding.ASCII);
        await request.SendAsync(Encoding.ASCII.GetBytes(string.Concat(head.Select(line => line + "\r\n")) + "\r\n"));
        request._answer = request.ReadAsync();
        return request;
    }

    public async Task SendAsync(byte[] body) => await _stream.WriteAsync(body);

    public async Task<string> AnswerAsync(string what)
    {
        await Eventually.TrueAsync(() => _answer.IsCompleted, what);
        return await _answer;
    }

    /// <summary>Sends nothing more, and reads all that comes until the server closes.</summary>
    public async Task<string> EverythingAsync(string what)
    {
        var first = await AnswerAsync(what);
        _socket.Shutdown(SocketShutdown.Send);
        return first + await _reader.ReadToEndAsync();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        var head = new StringBuilder();
        try
        {
            while (await _reader.ReadLineAsync() is { Length: > 0 } line)
                head.AppendLine(line);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // What came before the connection ended is the answer.
        }

        return head.ToString();
    }
}
