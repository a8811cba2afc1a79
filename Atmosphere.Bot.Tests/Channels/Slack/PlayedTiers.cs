using System.Collections.Concurrent;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Slack's patience: twice what a method's tier allows within a minute is too much, and more than six posts a second in a channel.</summary>
internal sealed class PlayedTiers
{
    private readonly ConcurrentDictionary<string, List<DateTimeOffset>> _calls = new();

    /// <summary>How often it was called too often.</summary>
    public int Lost { get; private set; }

    /// <returns>Null: it may be called.</returns>
    public int? SecondsToWait(string method, string channel, DateTimeOffset now)
    {
        var (most, within) = method switch
        {
            "chat.postMessage" => (6, TimeSpan.FromSeconds(1)),
            "chat.update" or "conversations.history" or "conversations.open" or "files.delete" => (100, TimeSpan.FromMinutes(1)),
            _ => (200, TimeSpan.FromMinutes(1)),
        };
        var calls = _calls.GetOrAdd(method == "chat.postMessage" ? $"{method} {channel}" : method, _ => []);
        lock (calls)
        {
            _ = calls.RemoveAll(call => call <= now - within);
            if (calls.Count >= most)
            {
                Lost++;
                return (int)Math.Ceiling((calls[0] + within - now).TotalSeconds);
            }

            calls.Add(now);
            return null;
        }
    }
}
