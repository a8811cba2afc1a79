using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>The flow that sends photos to parents.</summary>
public static class DistributionFlow
{
    // A channel may be unavailable for a while: eight attempts, the last after about eight minutes.
    private static readonly RetryPolicy _sending = new(8, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));

    // The next run is the retry.
    private static readonly RetryPolicy _once = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    public static FlowTable Table { get; } = new("distribution",
    [
        StepRow.Of<DistributeMedia, DistributePhoto>("media-distribution", [typeof(SendMedia), typeof(PhotoFailed), typeof(CheckFirstMatches)], exhausted: "photo failed"),
        StepRow.Of<SendOutboundMessage, SendMedia>("whatsapp-outbound-message", [typeof(DistributePhoto), typeof(SendMedia)], _sending, workers: 4, exhausted: "delivery failed"),
        StepRow.Of<TrackDelivery, DeliveryReported>("whatsapp-delivery-status", [typeof(SendMedia), typeof(DistributePhoto)], _sending),
        StepRow.Of<AlbumsOfTheDay, GatherAlbums>("albums", [typeof(SendAlbum)], _once),
        StepRow.Of<OpenAlbum, SendAlbum>("whatsapp-outbound-album", [typeof(SendMedia)], _sending, exhausted: "its photos go out without the heading"),
        StepRow.Of<TellUploader, PhotoFailed>("photo-failed", [], _sending),
    ])
    {
        Timers = [TimerRow.Of("albums", "*/5 * * * *", "UTC", due => new GatherAlbums(due))],
    };
}
