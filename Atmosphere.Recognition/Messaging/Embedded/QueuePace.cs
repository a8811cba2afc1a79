using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>Measures the recent throughput of a queue and tells when its figures need to be stored.</summary>
internal sealed class QueuePace(int workers)
{
    private static readonly TimeSpan _lately = TimeSpan.FromSeconds(10);

    private readonly Queue<(DateTimeOffset At, long Handled)> _looks = [];
    private QueueCount _written;
    private double _perSecond = -1;

    /// <param name="count">Since the process began.</param>
    /// <param name="stopped">True when the workers have stopped.</param>
    /// <returns>The figures to store; null if nothing changed.</returns>
    public QueueNews? Look(QueueCount count, DateTimeOffset now, bool stopped)
    {
        _looks.Enqueue((now, count.Handled));
        while (_looks.Count > 2 && now - _looks.Peek().At > _lately)
            _ = _looks.Dequeue();

        var (since, before) = _looks.Peek();
        var seconds = (now - since).TotalSeconds;
        var perSecond = stopped || seconds <= 0 ? 0 : Math.Round((count.Handled - before) / seconds, 2);
        return stopped || count != _written || perSecond != _perSecond
            ? new QueueNews(count - _written, count, perSecond, stopped ? 0 : workers)
            : null;
    }

    public void Written(QueueNews news) => (_written, _perSecond) = (news.Count, news.PerSecond);
}

/// <param name="Since">Counts since the last stored figures.</param>
/// <param name="Count">Since the process began.</param>
internal sealed record QueueNews(QueueCount Since, QueueCount Count, double PerSecond, int Workers);
