using System.Collections.Concurrent;

namespace Atmosphere.Recognition.Notices.Mqtt;

/// <summary>One connection to the broker, until it breaks. Safe to use from several threads.</summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(60);

    private readonly Stream _stream;
    private readonly MqttOptions _options;
    private readonly TimeProvider _clock;

    // Never disposed: whoever waits for it then would wait for ever.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _end = new();

    // Of _end, to be asked also after that is disposed.
    private readonly CancellationToken _ended;
    private readonly ConcurrentDictionary<ushort, TaskCompletionSource> _unconfirmed = new();
    private readonly Task _work;
    private volatile MqttException? _broken;
    private volatile bool _pinged;
    private int _number;

    private MqttConnection(Stream stream, MqttOptions options, TimeProvider clock)
    {
        (_stream, _options, _clock, _ended) = (stream, options, clock, _end.Token);
        _work = Task.WhenAll(ReadAsync(), StayAliveAsync());
    }

    /// <summary>It has not broken yet, as far as is known.</summary>
    public bool IsOpen => _broken is null;

    /// <exception cref="MqttException">The broker cannot be reached, or says no.</exception>
    public static Task<MqttConnection> OpenAsync(MqttOptions options, string client, TimeProvider clock, CancellationToken cancellation) =>
        OpenAsync(stop => MqttSocket.OpenAsync(options, stop), options, client, clock, cancellation);

    /// <param name="open">Makes the stream, which becomes the connection's own.</param>
    internal static async Task<MqttConnection> OpenAsync(
        Func<CancellationToken, Task<Stream>> open, MqttOptions options, string client, TimeProvider clock, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        Stream? stream = null;
        try
        {
            stream = await open(either.Token);
            await stream.WriteAsync(MqttPackets.ConnectTo(client, _keepAlive, options.User, options.Password), either.Token);
            var (kind, number) = await MqttReader.ReadAsync(stream, either.Token);
            if (kind != MqttAnswer.Connected)
                throw new MqttException($"The broker answered {kind} to the first packet. Check {MqttOptions.Section}:Host and Port.");
            // The first byte is about sessions that are kept, and none is.
            return (number & 0xFF) == 0 ? new MqttConnection(stream, options, clock) : throw Refusal(number & 0xFF);
        }
        catch (Exception error)
        {
            if (stream is not null)
                await stream.DisposeAsync();
            throw error switch
            {
                OperationCanceledException when !cancellation.IsCancellationRequested =>
                    new MqttException($"The broker {options.Host}:{options.PortInUse} did not accept the connection within {options.Timeout}.", error),
                IOException => new MqttException("The broker ended the connection.", error),
                _ => error,
            };
        }
    }

    /// <summary>Sends a message and waits until the broker has it.</summary>
    /// <exception cref="MqttException">Nobody knows whether the broker has it; the connection is broken.</exception>
    public async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool repeated, CancellationToken cancellation)
    {
        var (number, confirmed) = Number();
        try
        {
            // Before the check: who breaks the connection after it finds this one waiting.
            if (_broken is { } broken)
                throw broken;

            await WriteAsync(MqttPackets.PublishTo(topic, number, payload.Span, repeated), cancellation);
            await confirmed.Task.WaitAsync(_options.Timeout, _clock, cancellation);
        }
        catch (TimeoutException error)
        {
            Break(new MqttException($"The broker did not confirm a message within {_options.Timeout}.", error));
            throw _broken!;
        }
        finally
        {
            _ = _unconfirmed.TryRemove(number, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (IsOpen)
                await WriteAsync(MqttPackets.Disconnect, CancellationToken.None);
        }
        catch (MqttException)
        {
            // It is gone already.
        }

        Break(new MqttException("The connection was closed."));
        await _work;
        await _stream.DisposeAsync();
        _end.Dispose();
    }

    private static MqttException Refusal(int code) => new(code switch
    {
        1 => "The broker does not speak MQTT 3.1.1.",
        2 => "The broker refuses the client's id.",
        3 => "The broker is not available now.",
        4 or 5 => $"The broker refuses the user or the password. Check {MqttOptions.Section}:User and {MqttOptions.Section}:Password.",
        _ => $"The broker refuses the connection with code {code}.",
    });

    private (ushort Number, TaskCompletionSource Confirmed) Number()
    {
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            var number = (ushort)Interlocked.Increment(ref _number);
            if (number != 0 && _unconfirmed.TryAdd(number, confirmed))
                return (number, confirmed);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellation)
    {
        await TurnAsync(cancellation);
        try
        {
            using var patience = new CancellationTokenSource(_options.Timeout, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _ended);

            // Not the caller's token: half a packet would spoil all that follow it.
            await _stream.WriteAsync(packet, either.Token);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Break(new MqttException("The broker does not take what is sent.", error));
            throw _broken!;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Waits until nobody else writes, or the connection breaks.</summary>
    private async Task TurnAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ended, cancellation);
        try
        {
            await _writing.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (_broken is not null && !cancellation.IsCancellationRequested)
        {
            throw _broken;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var (kind, number) = await MqttReader.ReadAsync(_stream, _ended);
                if (kind == MqttAnswer.Connected)
                    throw new MqttException("The broker accepted the connection twice: it does not speak MQTT 3.1.1.");
                if (kind == MqttAnswer.Pong)
                    _pinged = false;
                else if (_unconfirmed.TryRemove(number, out var confirmed))
                    confirmed.TrySetResult();
            }
        }
        catch (MqttException error)
        {
            Break(error);
        }
        catch (OperationCanceledException)
        {
            // Broken by somebody else.
        }
    }

    /// <summary>Says a word now and then, and notices when nothing comes back.</summary>
    private async Task StayAliveAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_keepAlive / 2, _clock, _ended);
                if (_pinged)
                    throw new MqttException("The broker does not answer any more.");
                _pinged = true;
                await WriteAsync(MqttPackets.PingRequest, _ended);
            }
        }
        catch (MqttException error)
        {
            Break(error);
        }
        catch (OperationCanceledException)
        {
            // Broken by somebody else.
        }
    }

    private void Break(MqttException why)
    {
        if (Interlocked.CompareExchange(ref _broken, why, null) is not null)
            return;

        _end.Cancel();
        foreach (var waiting in _unconfirmed.Values)
            waiting.TrySetException(why);
    }
}
