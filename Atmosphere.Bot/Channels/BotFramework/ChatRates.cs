using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Rate limits per conversation and per sender (over all their conversations), by the minute and by the hour, if an app id is set. Requests
/// from this machine are not limited.
/// </summary>
internal sealed class ChatRates : IDisposable
{
    private readonly PartitionedRateLimiter<ChatReference> _limiter;

    public ChatRates(IOptions<BotFrameworkOptions> options)
    {
        var settings = options.Value;
        _limiter = settings.HasApp
            ? PartitionedRateLimiter.CreateChained(
                By(chat => chat.Key.ToString(), settings.MessagesPerMinute, TimeSpan.FromMinutes(1)),
                By(Sender, settings.MessagesPerMinute, TimeSpan.FromMinutes(1)),
                By(Sender, settings.MessagesPerHour, TimeSpan.FromHours(1)))
            : PartitionedRateLimiter.Create<ChatReference, string>(_ => RateLimitPartition.GetNoLimiter(""));
    }

    /// <returns>Null: accepted; otherwise how long the sender should wait.</returns>
    public TimeSpan? Wait(ChatReference chat)
    {
        using var lease = _limiter.AttemptAcquire(chat);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>User ids are unique only within a channel.</summary>
    private static string Sender(ChatReference chat) => $"{chat.ChannelId}|{chat.User}";

    private static PartitionedRateLimiter<ChatReference> By(Func<ChatReference, string> key, int messages, TimeSpan window) =>
        PartitionedRateLimiter.Create<ChatReference, string>(chat => RateLimitPartition.GetFixedWindowLimiter(
            key(chat), _ => new FixedWindowRateLimiterOptions { PermitLimit = messages, Window = window }));
}
