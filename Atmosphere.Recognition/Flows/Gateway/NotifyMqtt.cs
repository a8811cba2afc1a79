using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Notifies devices that a face was seen and where, without the person's identity.</summary>
internal sealed class NotifyMqtt(Database database, IDevices devices) : IStep<FaceFound>
{
    public async Task<Effects> HandleAsync(FaceFound message, CancellationToken cancellation)
    {
        if (devices.Connected && await database.ReadAsync(session => SeenFaces.FindAsync(session, message.Photo, message.Face), cancellation) is { } face)
            await devices.TellAsync(Seen(message, face), cancellation);
        return Effects.None;
    }

    private static FaceSeen Seen(FaceFound message, SeenFace face) => new(
        message.Photo,
        message.Face,
        face.GroupId,
        face.ClientId,
        face.Box,
        face.PhotoWidth,
        face.PhotoHeight,
        DateTimeOffset.FromUnixTimeMilliseconds(face.ReceivedAt),
        face.TakenAt,
        face.UtcOffset);
}
