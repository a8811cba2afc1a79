using System.Collections.Concurrent;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Delivery;

/// <summary>
/// Not faster than a vendor wants it, each lane by itself: a call that comes a little too early waits for the next place, one that would wait longer
/// comes again later. A lane that the vendor itself closes stays closed for as long as it said, that lane alone.
/// </summary>
/// <param name="longestWait">A worker that waits does nothing else.</param>
internal sealed class RateBudget(TimeSpan longestWait, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, RateLane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Returns when the call may be made.</summary>
    /// <param name="lane">As sentences name it.</param>
    /// <param name="rate">The same at every call.</param>
    /// <exception cref="TryLaterException">The next place is too far away.</exception>
    public async Task WaitAsync(string lane, Rate rate, CancellationToken cancellation)
    {
        var places = LaneOf(lane, rate);
        while (true)
        {
            var (wait, turn) = places.Take(clock.GetUtcNow(), longestWait);
            if (turn is null)
                throw new TryLaterException($"The rate of {lane} is used up for now.", wait);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, cancellation);
            // The vendor may have closed the lane meanwhile: then all who waited take places anew, one after the other.
            if (places.IsStill(turn.Value))
                return;
        }
    }

    /// <param name="rest">As the vendor says in Retry-After.</param>
    public void Close(string lane, Rate rate, TimeSpan rest) => LaneOf(lane, rate).Close(clock.GetUtcNow(), rest);

    private RateLane LaneOf(string lane, Rate rate) => _lanes.GetOrAdd(lane, (_, rate) => new RateLane(rate), rate);
}
