using Atmosphere.Bot.Channels.Activities;
using Atmosphere.Bot.Channels.Doors;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>A token that is good, and what it is good for.</summary>
/// <param name="ServiceUrl">The service whose activities it covers; null: none.</param>
/// <param name="Endorsements">The channels whose activities its key may sign; null: any.</param>
internal sealed record RequestToken(string? ServiceUrl, IReadOnlyList<string>? Endorsements)
{
    /// <exception cref="RefusedRequestException">403: it is not for this activity.</exception>
    public void Check(Activity activity)
    {
        if (ServiceUrl is null || !string.Equals(ServiceUrl.TrimEnd('/'), activity.ServiceUrl?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
            throw new RefusedRequestException(403, "The token is for another serviceUrl than the activity's.");
        if (Endorsements is { } endorsed && !endorsed.Contains(activity.ChannelId ?? "", StringComparer.Ordinal))
            throw new RefusedRequestException(403, "The key that signed the token is not endorsed for the activity's channel.");
    }
}
