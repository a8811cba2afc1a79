namespace Atmosphere.Bench.Week;

/// <summary>A clock that runs like the system clock and can be moved forward, which fires the timers that become due.</summary>
internal sealed class WeekClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<JumpingTimer> _timers = [];
    private TimeSpan _ahead;

    /// <param name="start">What it shows now.</param>
    public WeekClock(DateTimeOffset start) => _ahead = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return System.GetUtcNow() + _ahead;
    }

    /// <summary>Puts it forward; never back.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        JumpingTimer[] timers;
        lock (_gate)
        {
            var ahead = time - System.GetUtcNow();
            _ahead = ahead > _ahead ? ahead : _ahead;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
            timer.Set();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new JumpingTimer(this, callback, state);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class JumpingTimer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly WeekClock _clock;
        private readonly ITimer _timer;
        private DateTimeOffset? _due;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public JumpingTimer(WeekClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _timer = System.CreateTimer(
                _ =>
                {
                    lock (_gate)
                        _due = _period == Timeout.InfiniteTimeSpan ? null : clock.GetUtcNow() + _period;
                    callback(state);
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
                (_due, _period) = (dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime, period);
            return Set();
        }

        /// <summary>Rings after what is left of the time as the clock shows it now.</summary>
        public bool Set()
        {
            lock (_gate)
            {
                if (_due is not { } due)
                    return _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                var left = due - _clock.GetUtcNow();
                return _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, _period);
            }
        }

        public void Dispose()
        {
            lock (_clock._gate)
                _clock._timers.Remove(this);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
