using System.Net.WebSockets;
using System.Text;
using Atmosphere.Bot.Channels.Access;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>Streams a conversation over a web socket; empty messages keep a silent connection alive.</summary>
internal sealed class DirectLineStream(
    DirectLineReader reader, DirectLineFeed feed, DirectLineTyping typing, IOptions<DirectLineOptions> options, IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(WebSocket socket, string conversation, long watermark, string origin, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        string? shown = null;
        var listening = ListenAsync(socket, stop);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var change = feed.NextChange(conversation);
                var set = typing.AddTo(await reader.ReadAsync(conversation, watermark, origin, stop.Token), conversation, ref shown);
                if (set.Activities.Count > 0)
                {
                    await SendAsync(socket, Encoding.UTF8.GetBytes(ActivityJson.Write(set)), stop.Token);
                    watermark = DirectLineReader.ParseWatermark(set.Watermark);
                }

                if (await Task.WhenAny(change, listening, Task.Delay(options.Value.KeepAlive, stop.Token)) != change)
                    await SendAsync(socket, [], stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // The client left or the server stops: the history is stored, and the next stream continues from the watermark.
        }

        await CloseAsync(socket);
        await stop.CancelAsync();
        await listening;
    }

    private static Task SendAsync(WebSocket socket, byte[] message, CancellationToken cancellation) =>
        socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellation).WaitAsync(cancellation);

    /// <summary>Clients send nothing here; reading detects their disconnection.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource stop)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), stop.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // Disconnected without a close message.
        }

        await stop.CancelAsync();
    }

    private static async Task CloseAsync(WebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // It is closed either way.
        }
    }
}
