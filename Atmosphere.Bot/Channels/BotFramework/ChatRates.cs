using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Counts what comes from each conversation and from each sender, whatever conversation they open, by the minute and by the hour, where an app id
/// lets the world in. This machine is not limited.
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

    /// <returns>Null: it may come in; else how long it should wait.</returns>
    public TimeSpan? Wait(ChatReference chat)
    {
        using var lease = _limiter.AttemptAcquire(chat);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>Ids of users are unique within a channel only.</summary>
    private static string Sender(ChatReference chat) => $"{chat.ChannelId}|{chat.User}";

    private static PartitionedRateLimiter<ChatReference> By(Func<ChatReference, string> key, int messages, TimeSpan window) =>
        PartitionedRateLimiter.Create<ChatReference, string>(chat => RateLimitPartition.GetFixedWindowLimiter(
            key(chat), _ => new FixedWindowRateLimiterOptions { PermitLimit = messages, Window = window }));
}
