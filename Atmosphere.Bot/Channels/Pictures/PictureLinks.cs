using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Pictures;

/// <summary>
/// Creates and checks links to pictures. Each link belongs to one message to one participant and expires with the retention of its
/// picture. Whether that participant may still see the picture is checked at every use.
/// </summary>
internal sealed class PictureLinks(ServerSecret secret, IOptions<RetentionOptions> retention, TimeProvider clock)
{
    private const string Purpose = "picture";
    private const string Small = "small";
    private static readonly TimeSpan _shortest = TimeSpan.FromHours(1);

    /// <param name="viewer">The participant who may use the link.</param>
    /// <param name="boundTo">The delivery or reply whose picture it is.</param>
    /// <returns>A path with a leading slash.</returns>
    public string PathOf(ParticipantId viewer, string boundTo, MediaKey media) => PathOf(viewer, boundTo, media, LifetimeOf(media));

    /// <param name="viewer">The participant who may use the link.</param>
    /// <param name="boundTo">The delivery or reply whose picture it is.</param>
    /// <param name="lifetime">How long the link is good.</param>
    /// <param name="small">Shrunk to what WhatsApp takes.</param>
    /// <returns>A path with a leading slash.</returns>
    public string PathOf(ParticipantId viewer, string boundTo, MediaKey media, TimeSpan lifetime, bool small = false)
    {
        var expires = (clock.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        return $"/pictures/{secret.Sign(Purpose, string.Create(CultureInfo.InvariantCulture, $"{expires}\n{viewer}\n{boundTo}\n{media}{(small ? "\n" + Small : "")}"))}";
    }

    /// <returns>Null if the token is not ours.</returns>
    public PictureLink? Open(string token)
    {
        if (secret.Open(Purpose, token)?.Split('\n') is not [var expires, var viewer, var boundTo, var media, .. var how])
            return null;
        var isOver = long.Parse(expires, CultureInfo.InvariantCulture) < clock.GetUtcNow().ToUnixTimeSeconds();
        return new PictureLink(new ParticipantId(viewer), boundTo, new MediaKey(media), how is [Small], isOver);
    }

    private TimeSpan LifetimeOf(MediaKey media)
    {
        var kept = retention.Value.GroupPhotosAfterDelivery;
        return media.Value.StartsWith("outbound/", StringComparison.Ordinal) && kept > _shortest ? kept : _shortest;
    }
}

/// <param name="Viewer">The participant for whom it was made.</param>
/// <param name="BoundTo">The delivery or reply whose picture it is.</param>
/// <param name="Media">The picture.</param>
/// <param name="IsSmall">Shrunk to what WhatsApp takes.</param>
/// <param name="IsOver">It is too old.</param>
internal sealed record PictureLink(ParticipantId Viewer, string BoundTo, MediaKey Media, bool IsSmall, bool IsOver);
