using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Notices.Mqtt;

/// <summary>
/// Publishes with quality of service 1: over one connection that is kept, and opened anew when it broke. A broker that is away is asked
/// again after a while that grows, whoever wants to publish meanwhile.
/// </summary>
internal sealed class MqttPublisher(IOptions<MqttOptions> options, TimeProvider clock, ILogger<MqttPublisher> log) : IAsyncDisposable
{
    private static readonly TimeSpan _longestRest = TimeSpan.FromMinutes(1);

    private readonly string _client = $"atmosphere{Guid.NewGuid().ToString("N")[..12]}";
    private readonly SemaphoreSlim _opening = new(1, 1);
    private MqttConnection? _connection;
    private int _failures;
    private string _lastFailure = "";
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Returns when the broker has the message. Devices may get it twice when a connection broke on the way.</summary>
    /// <exception cref="TryLaterException">The broker cannot be reached for now.</exception>
    /// <exception cref="MqttException">The connection broke twice; nobody knows whether the broker has it.</exception>
    public async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        try
        {
            var connection = await ConnectionAsync(cancellation);
            await connection.PublishAsync(topic, payload, repeated: false, cancellation);
        }
        catch (MqttException error)
        {
            log.LogInformation("A message is published again: {Reason}", error.Message);
            var connection = await ConnectionAsync(cancellation);
            await connection.PublishAsync(topic, payload, repeated: true, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _opening.Dispose();
    }

    private async Task<MqttConnection> ConnectionAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation);
        try
        {
            if (_connection is { IsOpen: true })
                return _connection;

            if (_connection is not null)
                await _connection.DisposeAsync();
            _connection = null;
            return _connection = await OpenAsync(cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<MqttConnection> OpenAsync(CancellationToken cancellation)
    {
        var rest = _notBefore - clock.GetUtcNow();
        if (rest > TimeSpan.Zero)
            throw new TryLaterException(_lastFailure, rest);

        try
        {
            var connection = await MqttConnection.OpenAsync(options.Value, _client, clock, cancellation);
            _failures = 0;
            return connection;
        }
        catch (MqttException error)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures++), _longestRest.TotalSeconds));
            _notBefore = clock.GetUtcNow() + wait;
            _lastFailure = error.Message;
            throw new TryLaterException(error.Message, wait, error);
        }
    }
}
