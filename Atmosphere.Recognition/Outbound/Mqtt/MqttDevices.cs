using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Outbound.Mqtt;

/// <summary>Publishes faces to devices as JSON on the topic &lt;prefix&gt;/&lt;group&gt;/faces.</summary>
internal sealed class MqttDevices(MqttPublisher publisher, IOptions<MqttOptions> options) : IDevices
{
    // No browser reads it, so + need not be escaped.
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool Connected => options.Value.HasHost;

    public Task TellAsync(FaceSeen face, CancellationToken cancellation) =>
        publisher.PublishAsync(TopicOf(face), JsonSerializer.SerializeToUtf8Bytes(Body.Of(face), _json), cancellation);

    // URL-escaped, the operator's group name is always one level of the topic and never a wildcard.
    private string TopicOf(FaceSeen face) => $"{options.Value.TopicPrefix}/{Uri.EscapeDataString(face.Group.Value)}/faces";

    /// <summary>The JSON that devices read. The property names are a public contract.</summary>
    private sealed record Body(
        string Photo, string Face, string Group, string? Client, BoxBody Box, int? Width, int? Height, DateTimeOffset ReceivedAt, string? TakenAt, string? TakenOffset)
    {
        public static Body Of(FaceSeen face) => new(
            face.Photo.Value,
            face.Face.Value,
            face.Group.Value,
            face.Client,
            new BoxBody(face.Box.X, face.Box.Y, face.Box.Width, face.Box.Height),
            face.Width,
            face.Height,
            face.ReceivedAt,
            face.TakenAt,
            face.TakenOffset);
    }

    private sealed record BoxBody(float X, float Y, float Width, float Height);
}
