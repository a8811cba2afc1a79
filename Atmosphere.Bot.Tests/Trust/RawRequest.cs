using System.Net.Sockets;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>A request byte by byte: it can promise a body and keep it back.</summary>
internal sealed class RawRequest : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private NetworkStream _stream = null!;
    private Task<string> _answer = null!;

    /// <summary>The status line and the headers of the answer; not yet there: null.</summary>
    public string? Answer => _answer.IsCompletedSuccessfully ? _answer.Result : null;

    /// <param name="head">The request's first line, and its headers without Host.</param>
    public static async Task<RawRequest> SendAsync(BotServer server, params string[] head)
    {
        var request = new RawRequest();
        await request._socket.ConnectAsync(server.Address.Host, server.Address.Port);
        request._stream = new NetworkStream(request._socket);
        await request.SendAsync(Encoding.ASCII.GetBytes($"{head[0]}\r\nHost: {server.Address.Authority}\r\n{string.Concat(head.Skip(1).Select(line => line + "\r\n"))}\r\n"));
        request._answer = request.ReadAsync();
        return request;
    }

    public async Task SendAsync(byte[] body) => await _stream.WriteAsync(body);

    public async Task<string> AnswerAsync(string what)
    {
        await Eventually.TrueAsync(() => _answer.IsCompleted, what);
        return await _answer;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        using var reader = new StreamReader(_stream, Encoding.ASCII, leaveOpen: true);
        var head = new StringBuilder();
        try
        {
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
                head.AppendLine(line);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // What came before the connection ended is the answer.
        }

        return head.ToString();
    }
}
