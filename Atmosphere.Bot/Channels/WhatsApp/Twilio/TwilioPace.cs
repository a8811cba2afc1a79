using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>No more messages a second than the number may send: who comes too early waits for the next place.</summary>
internal sealed class TwilioPace(IOptions<TwilioSendingOptions> options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _next;

    public Task WaitAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset place;
        lock (_gate)
        {
            place = _next > now ? _next : now;
            _next = place + TimeSpan.FromSeconds(1.0 / options.Value.MessagesPerSecond);
        }

        return place > now ? Task.Delay(place - now, clock, cancellation) : Task.CompletedTask;
    }
}
