using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Keeps calls within Slack's rate limits: one lane per method, for posts one per channel.</summary>
internal sealed class SlackPace(TimeProvider clock)
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly RateBudget _budget = new(LongestWait, clock);

    /// <summary>Waits until the call may be made.</summary>
    /// <exception cref="TryLaterException">The wait would be too long.</exception>
    public Task WaitAsync(string method, string channel, CancellationToken cancellation) =>
        _budget.WaitAsync(LaneOf(method, channel), SlackTier.Of(method).Rate, cancellation);

    /// <param name="rest">Slack's Retry-After.</param>
    public void Close(string method, string channel, TimeSpan rest) => _budget.Close(LaneOf(method, channel), SlackTier.Of(method).Rate, rest);

    private static string LaneOf(string method, string channel) => SlackTier.Of(method).ByChannel ? $"Slack's {method} in {channel}" : $"Slack's {method}";
}
