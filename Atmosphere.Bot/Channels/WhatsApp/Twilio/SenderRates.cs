using Atmosphere.Bot.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Twilio;

/// <summary>
/// Counts what each sender says, by the minute and by the hour. In memory: rows would let a flood write to the disk that everybody shares. After
/// a restart everybody may speak again, and no more is answered than that.
/// </summary>
internal sealed class SenderRates(IOptions<TwilioOptions> options, TimeProvider clock)
{
    // Some 200 bytes a sender.
    private const int MostSenders = 50_000;

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<ConversationKey, Sender> _senders = [];

    /// <summary>Counts a message; one that comes again is judged as it was the first time.</summary>
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

    /// <summary>The message was not stored.</summary>
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
        // A tenth at a time, those who spoke least: a flood keeps its place.
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

        /// <summary>The message that was answered by saying that it is too much; null: none in this window.</summary>
        public string? ToldWith { get; set; }

        /// <summary>The messages of the minute that were let in.</summary>
        public HashSet<string> Heard { get; } = new(StringComparer.Ordinal);

        /// <summary>Begins new windows where the old ones are over.</summary>
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

        /// <summary>Within the limits again: the next excess is told again.</summary>
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

    /// <summary>The first message beyond the limit: the sender is told.</summary>
    Exceeded,

    /// <summary>They were told; nothing is kept of it.</summary>
    Told,
}
