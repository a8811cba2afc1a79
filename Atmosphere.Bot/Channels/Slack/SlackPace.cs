using System.Collections.Concurrent;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>
/// Not faster than Slack wants it: each method has its own lane, a post one for each channel. Who comes a little too early waits for the next
/// place; who would wait longer comes again later. What Slack itself closes stays closed for as long as it said, that lane alone.
/// </summary>
internal sealed class SlackPace(TimeProvider clock)
{
    /// <summary>Longest wait for a place; a worker that waits does nothing else.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Method, string Channel), SlackLane> _lanes = new();

    /// <summary>Returns when the call may be made.</summary>
    /// <exception cref="TryLaterException">The next place is too far away.</exception>
    public async Task WaitAsync(string method, string channel, CancellationToken cancellation)
    {
        var lane = LaneOf(method, channel);
        while (true)
        {
            var (wait, turn) = lane.Take(clock.GetUtcNow(), LongestWait);
            if (turn is null)
                throw new TryLaterException($"Slack's {method} has its turn later, not to be called too often.", wait);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, cancellation);
            // Slack may have closed the lane meanwhile: then all who waited take places anew, one after the other.
            if (lane.IsStill(turn.Value))
                return;
        }
    }

    /// <param name="rest">As Slack says in Retry-After.</param>
    public void Close(string method, string channel, TimeSpan rest) => LaneOf(method, channel).Close(clock.GetUtcNow(), rest);

    private SlackLane LaneOf(string method, string channel)
    {
        var tier = SlackTier.Of(method);
        return _lanes.GetOrAdd((method, tier.ByChannel ? channel : ""), _ => new SlackLane(tier));
    }
}
