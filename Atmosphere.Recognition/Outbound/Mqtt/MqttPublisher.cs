using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;

namespace Atmosphere.Recognition.Outbound.Mqtt;

/// <summary>
/// Publishes with quality of service 1 over one connection and reconnects after a failure, with increasing pauses. Unconfirmed messages are
/// not sent again here: the calling step is retried.
/// </summary>
internal sealed class MqttPublisher(IOptions<MqttOptions> options, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan _longestRest = TimeSpan.FromMinutes(1);

    private readonly string _id = $"atmosphere{Guid.NewGuid().ToString("N")[..12]}";
    private readonly SemaphoreSlim _opening = new(1, 1);
    private IMqttClient? _client;
    private int _failures;
    private string _lastFailure = "";
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Publishes a message and waits for the broker's confirmation.</summary>
    /// <exception cref="TryLaterException">The broker cannot be reached at present.</exception>
    /// <exception cref="MqttException">The broker refused the message, or did not confirm it.</exception>
    public async Task PublishAsync(string topic, byte[] payload, CancellationToken cancellation)
    {
        var client = await ConnectAsync(cancellation);
        using var patience = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var message = new MqttApplicationMessageBuilder()
                .WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
            var result = await client.PublishAsync(message, either.Token);
            if (!result.IsSuccess)
                throw new MqttException($"The broker refuses a message to {topic}: {result.ReasonCode}. Check what the user may publish.");
        }
        catch (Exception error) when (error is not MqttException)
        {
            // MQTTnet reports every cancellation as a timeout.
            cancellation.ThrowIfCancellationRequested();
            if (!patience.IsCancellationRequested)
                throw new MqttException($"The connection to the broker broke before it confirmed a message: {error.Message}", error);
            // Replace a connection that stopped confirming.
            await client.TryDisconnectAsync();
            throw new MqttException($"The broker did not confirm a message within {options.Value.Timeout}.", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { IsConnected: true } client)
            await client.TryDisconnectAsync();
        Discard();
        _opening.Dispose();
    }

    /// <returns>The client, connected.</returns>
    private async Task<IMqttClient> ConnectAsync(CancellationToken cancellation)
    {
        if (_client is { IsConnected: true } connected)
            return connected;

        await _opening.WaitAsync(cancellation);
        try
        {
            if (_client is { IsConnected: true } other)
                return other;
            var rest = _notBefore - clock.GetUtcNow();
            if (rest > TimeSpan.Zero)
                throw new TryLaterException(_lastFailure, rest);
            // A client whose connection broke may still be disconnecting, and refuses to connect meanwhile.
            Discard();
            _client = new MqttClientFactory().CreateMqttClient();
            await OpenAsync(_client, cancellation);
            _failures = 0;
            return _client;
        }
        catch (MqttException error)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures++), _longestRest.TotalSeconds));
            (_notBefore, _lastFailure) = (clock.GetUtcNow() + wait, error.Message);
            throw new TryLaterException(error.Message, wait, error);
        }
        finally
        {
            _opening.Release();
        }
    }

    private void Discard()
    {
        try
        {
            _client?.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // MQTTnet cleans up by itself after a lost connection, and may do so at the same time.
        }
    }

    private async Task OpenAsync(IMqttClient client, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var result = await client.ConnectAsync(MqttBroker.Of(options.Value, _id), either.Token);
            if (MqttBroker.Refusal(result) is { } refusal)
                throw new MqttException(refusal);
        }
        catch (Exception error) when (error is not MqttException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new MqttException(
                patience.IsCancellationRequested ? MqttBroker.Late(options.Value) : MqttBroker.Failure(options.Value, error), error);
        }
    }
}
