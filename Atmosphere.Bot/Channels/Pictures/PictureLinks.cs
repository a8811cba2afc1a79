using System.Globalization;
using Atmosphere.Bot.Channels.Doors;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>
/// Links to pictures: each is good for one delivery, and as long as the picture of a conversation or a delivered photo may be looked for.
/// Whether it may still be seen is asked at every use.
/// </summary>
internal sealed class PictureLinks(ServerSecret secret, IOptions<RetentionOptions> retention, TimeProvider clock)
{
    private const string Purpose = "picture";
    private static readonly TimeSpan _shortest = TimeSpan.FromHours(1);

    /// <param name="boundTo">The delivery or reply whose picture it is.</param>
    /// <returns>A path with a leading slash.</returns>
    public string PathOf(string boundTo, MediaKey media)
    {
        var expires = (clock.GetUtcNow() + LifetimeOf(media)).ToUnixTimeSeconds();
        return $"/pictures/{secret.Sign(Purpose, string.Create(CultureInfo.InvariantCulture, $"{expires}\n{boundTo}\n{media}"))}";
    }

    /// <returns>Null where the token is not ours, or too old.</returns>
    public (string BoundTo, MediaKey Media)? Open(string token)
    {
        if (secret.Open(Purpose, token)?.Split('\n') is not [var expires, var boundTo, var media])
            return null;
        return long.Parse(expires, CultureInfo.InvariantCulture) < clock.GetUtcNow().ToUnixTimeSeconds() ? null : (boundTo, new MediaKey(media));
    }

    private TimeSpan LifetimeOf(MediaKey media)
    {
        var kept = retention.Value.GroupPhotosAfterDelivery;
        return media.Value.StartsWith("outbound/", StringComparison.Ordinal) && kept > _shortest ? kept : _shortest;
    }
}
