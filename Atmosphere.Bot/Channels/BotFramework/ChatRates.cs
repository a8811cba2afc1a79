using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Counts what comes from each conversation, by the minute, where an app id lets the world in. This machine is not limited.</summary>
internal sealed class ChatRates(IOptions<BotFrameworkOptions> options) : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<ChatReference> _limiter = PartitionedRateLimiter.Create<ChatReference, string>(
        chat => options.Value.HasApp
            ? RateLimitPartition.GetFixedWindowLimiter(
                chat.Key.ToString(), _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.MessagesPerMinute, Window = Window })
            : RateLimitPartition.GetNoLimiter(""));

    public bool Allow(ChatReference chat)
    {
        using var lease = _limiter.AttemptAcquire(chat);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
