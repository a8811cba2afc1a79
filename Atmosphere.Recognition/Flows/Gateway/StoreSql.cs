using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Creates the record of a face, to which a person can be assigned.</summary>
internal sealed class StoreSql(TimeProvider clock) : IStep<FaceFound>, IOnExhausted<FaceFound>
{
    public Task<Effects> HandleAsync(FaceFound message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change(async (session, outbox) =>
        {
            if (await FaceTable.AddAsync(session, message.Face))
                await outbox.SendAsync(session, new FaceStored(message.Photo, message.Face));
        }));

    public Effects Exhausted(FaceFound message, Exception reason)
    {
        var refused = RefusedFaces.Refuse(message.Photo, message.Face, nameof(StoreSql), reason, clock);
        return new Effects().Change(async (session, outbox) =>
        {
            _ = await FaceTable.AddAsync(session, message.Face);
            await refused.ApplyAsync(session, outbox);
        });
    }
}
