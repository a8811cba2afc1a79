using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>The front door for photos of a group, and the answer to what became of them.</summary>
public sealed class GroupPhotos(Database database, IMediaStore media, PhotoDecoder decoder, IOutbox outbox, TimeProvider clock)
{
    /// <summary>Stores a photo and its message durably, without looking for faces yet. The same source id again has no second effect.</summary>
    /// <param name="group">Where it was posted.</param>
    /// <param name="sourceId">The sender's own id of the message.</param>
    /// <param name="fileName">As the sender named it, for messages about it.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="uploader">Who posted it, where the channel knows and the bot may write to them: they learn when it cannot be looked at.</param>
    /// <param name="delay">How long it waits before it is looked at, so that photos of other groups go first.</param>
    /// <returns>The photo's id; for a repeated source id that of the first time.</returns>
    /// <exception cref="PhotoRefusedException">It is no photo that can be read; the message is a sentence for the sender.</exception>
    /// <exception cref="UnknownGroupException">Nobody set the group up.</exception>
    /// <exception cref="StorageFullException">The disk is full; nothing was stored.</exception>
    public async Task<PhotoId> ReceiveAsync(
        GroupId group, string sourceId, string fileName, ReadOnlyMemory<byte> bytes, CancellationToken cancellation, ParticipantId? uploader = null, TimeSpan delay = default)
    {
        var (known, exists) = await database.ReadAsync(
            async session => (await InboxTable.FindAsync(session, group, sourceId), await GroupTable.IsActiveAsync(session, group)), cancellation);
        if (known is { } earlier)
            return earlier;
        if (!exists)
            throw new UnknownGroupException(group);

        var header = decoder.Inspect(bytes, fileName);
        var key = await media.PutAsync(MediaBucket.Unprocessed, bytes, ContentTypes.Of(header.Type), cancellation);
        var photo = await StoreAsync(new GroupMessageReceived(group, sourceId, key, uploader), fileName, delay, cancellation);
        if (photo != key.PhotoId())
            await media.DeleteAsync(key, CancellationToken.None);
        return photo;
    }

    /// <summary>What became of a photo; null where none came under that source id, or where its time to live is over.</summary>
    public Task<PhotoStatus?> FindAsync(GroupId group, string sourceId, CancellationToken cancellation = default) =>
        database.ReadAsync(session => PhotoStatusQuery.FindAsync(session, group, sourceId), cancellation);

    /// <summary>What became of a photo that a station uploaded; null where it is not that station's, or where its time to live is over.</summary>
    public Task<PhotoStatus?> FindAsync(ClientId client, PhotoId photo, CancellationToken cancellation = default) =>
        database.ReadAsync(session => PhotoStatusQuery.FindAsync(session, client, photo), cancellation);

    private async Task<PhotoId> StoreAsync(GroupMessageReceived message, string fileName, TimeSpan delay, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAsync(
                async session =>
                {
                    var photo = await InboxTable.AddAsync(session, message.Group, message.SourceId, message.Media, fileName, clock.GetUtcNow());
                    if (photo == message.Media.PhotoId())
                        await outbox.SendAsync(session, message, delay);
                    return photo;
                },
                cancellation);
        }
        catch
        {
            await media.DeleteAsync(message.Media, CancellationToken.None);
            throw;
        }
    }
}

/// <summary>The group is not set up.</summary>
public sealed class UnknownGroupException(GroupId group)
    : Exception($"There is no group '{group}'. Set it up before photos are posted to it.");
