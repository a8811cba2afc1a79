using Atmosphere.Bot.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>
/// Limits the messages of each sender per minute and per hour. Kept in memory: rows would let a flood write to the shared disk. A restart
/// resets the counts.
/// </summary>
internal sealed class SenderRates(IOptions<TwilioOptions> options, TimeProvider clock)
{
    // About 200 bytes per sender.
    private const int MostSenders = 50_000;

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<ConversationKey, Sender> _senders = [];

    /// <summary>Counts a message; a repeated one gets the same result as before.</summary>
    public SenderRate Count(ConversationKey key, string message)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (!_senders.TryGetValue(key, out var sender))
            {
                MakeRoom(now);
                _senders.Add(key, sender = new Sender());
            }

            sender.Open(now);
            if (sender.Heard.Contains(message))
                return SenderRate.Fine;
            if (sender.InMinute < options.Value.MessagesPerMinute && sender.InHour < options.Value.MessagesPerHour)
            {
                sender.Hear(message);
                return SenderRate.Fine;
            }

            if (sender.ToldWith is null)
                sender.ToldWith = message;
            return sender.ToldWith == message ? SenderRate.Exceeded : SenderRate.Told;
        }
    }

    /// <summary>Undoes the count of a message that was not stored.</summary>
    public void Forget(ConversationKey key, string message)
    {
        lock (_gate)
        {
            if (!_senders.TryGetValue(key, out var sender))
                return;
            sender.Unhear(message);
            if (sender.ToldWith == message)
                sender.ToldWith = null;
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_senders.Count < MostSenders)
            return;
        foreach (var quiet in _senders.Where(sender => now - sender.Value.HourBegan >= _hour).Select(sender => sender.Key).ToList())
            _senders.Remove(quiet);
        // Drops a tenth at a time, the least active senders first, so that a flood stays counted.
        if (_senders.Count >= MostSenders)
        {
            foreach (var quiet in _senders.OrderBy(sender => sender.Value.InHour).Take(MostSenders / 10).Select(sender => sender.Key).ToList())
                _senders.Remove(quiet);
        }
    }

    private sealed class Sender
    {
        private DateTimeOffset _minuteBegan = DateTimeOffset.MinValue;

        public DateTimeOffset HourBegan { get; private set; } = DateTimeOffset.MinValue;

        public int InMinute { get; private set; }

        public int InHour { get; private set; }

        /// <summary>The message that was answered with the rate limit notice; null: none in this window.</summary>
        public string? ToldWith { get; set; }

        /// <summary>The accepted messages of the current minute.</summary>
        public HashSet<string> Heard { get; } = new(StringComparer.Ordinal);

        /// <summary>Starts new windows after the old ones have ended.</summary>
        public void Open(DateTimeOffset now)
        {
            var hourIsOver = now - HourBegan >= _hour;
            if (hourIsOver)
                (HourBegan, InHour, ToldWith) = (now, 0, null);
            if (!hourIsOver && now - _minuteBegan < _minute)
                return;
            (_minuteBegan, InMinute) = (now, 0);
            Heard.Clear();
        }

        /// <summary>Records a message within the limits: the next excess gets a notice again.</summary>
        public void Hear(string message)
        {
            Heard.Add(message);
            InMinute++;
            InHour++;
            ToldWith = null;
        }

        public void Unhear(string message)
        {
            if (!Heard.Remove(message))
                return;
            InMinute--;
            InHour--;
        }
    }
}

internal enum SenderRate
{
    Fine,

    /// <summary>The first message beyond the limit: the sender gets a notice.</summary>
    Exceeded,

    /// <summary>The sender has got the notice; the message is dropped.</summary>
    Told,
}
