namespace Atmosphere.Bot.Channels.Delivery;

/// <summary>Calls that share one rate; after a rest some may come at once.</summary>
internal sealed class RateLane(Rate rate)
{
    private readonly Lock _gate = new();

    // When the lane would be empty if nobody came any more.
    private DateTimeOffset _emptyAt;
    private DateTimeOffset _closedUntil;
    private int _turn;

    private TimeSpan Burst => rate.Between * (rate.AtOnce - 1);

    /// <returns>How long to wait for a place; the turn in which it was taken, null: it is farther away than that, and was not taken.</returns>
    public (TimeSpan Wait, int? Turn) Take(DateTimeOffset now, TimeSpan longest)
    {
        lock (_gate)
        {
            var from = _emptyAt > now ? _emptyAt : now;
            var wait = from - Burst - now;
            if (wait > longest)
                return (wait, null);
            _emptyAt = from + rate.Between;
            return (wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _turn);
        }
    }

    /// <summary>Whether places of a turn are still good.</summary>
    public bool IsStill(int turn)
    {
        lock (_gate)
            return _turn == turn;
    }

    public void Close(DateTimeOffset now, TimeSpan rest)
    {
        lock (_gate)
        {
            // Calls that were under way together are refused together; only the first closes.
            if (now + rest <= _closedUntil)
                return;
            _closedUntil = now + rest;
            _emptyAt = _closedUntil + Burst;
            _turn++;
        }
    }
}
