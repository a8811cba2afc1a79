using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>
/// Creates and checks links to pictures. Each link belongs to one delivery and expires with the retention of its picture. Whether the
/// picture may still be seen is checked at every use.
/// </summary>
internal sealed class PictureLinks(ServerSecret secret, IOptions<RetentionOptions> retention, TimeProvider clock)
{
    private const string Purpose = "picture";
    private const string Small = "small";
    private static readonly TimeSpan _shortest = TimeSpan.FromHours(1);

    /// <param name="boundTo">The delivery or reply whose picture it is.</param>
    /// <returns>A path with a leading slash.</returns>
    public string PathOf(string boundTo, MediaKey media) => PathOf(boundTo, media, LifetimeOf(media));

    /// <param name="boundTo">The delivery or reply whose picture it is.</param>
    /// <param name="lifetime">How long the link is good.</param>
    /// <param name="small">Shrunk to what WhatsApp takes.</param>
    /// <returns>A path with a leading slash.</returns>
    public string PathOf(string boundTo, MediaKey media, TimeSpan lifetime, bool small = false)
    {
        var expires = (clock.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        return $"/pictures/{secret.Sign(Purpose, string.Create(CultureInfo.InvariantCulture, $"{expires}\n{boundTo}\n{media}{(small ? "\n" + Small : "")}"))}";
    }

    /// <returns>Null where the token is not ours, or too old.</returns>
    public PictureLink? Open(string token)
    {
        if (secret.Open(Purpose, token)?.Split('\n') is not [var expires, var boundTo, var media, .. var how])
            return null;
        return long.Parse(expires, CultureInfo.InvariantCulture) < clock.GetUtcNow().ToUnixTimeSeconds()
            ? null
            : new PictureLink(boundTo, new MediaKey(media), how is [Small]);
    }

    private TimeSpan LifetimeOf(MediaKey media)
    {
        var kept = retention.Value.GroupPhotosAfterDelivery;
        return media.Value.StartsWith("outbound/", StringComparison.Ordinal) && kept > _shortest ? kept : _shortest;
    }
}

/// <param name="BoundTo">The delivery or reply whose picture it is.</param>
/// <param name="Media">The picture.</param>
/// <param name="IsSmall">Shrunk to what WhatsApp takes.</param>
internal sealed record PictureLink(string BoundTo, MediaKey Media, bool IsSmall);
