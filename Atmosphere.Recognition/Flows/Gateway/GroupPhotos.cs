using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>Accepts photos of a group, and returns their status.</summary>
public sealed class GroupPhotos(Database database, IMediaStore media, PhotoIntake intake, RefusedPhotos refusals, IOutbox outbox, TimeProvider clock)
{
    /// <summary>Stores a photo and its message durably, before any processing. A repeated source id has no second effect.</summary>
    /// <param name="group">The group of the photo.</param>
    /// <param name="sourceId">The sender's own id of the message.</param>
    /// <param name="fileName">The sender's name for the file, for messages.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="uploader">The sender, if the bot may write to them: they are told if the photo cannot be processed.</param>
    /// <param name="isSurelyPhoto">True: it was posted as a photo, so that a file of another kind is reported like a damaged one.</param>
    /// <param name="delay">How long to wait before processing, so that photos of other groups go first.</param>
    /// <returns>The photo's id; for a repeated source id that of the first time.</returns>
    /// <exception cref="PhotoRefusedException">The file is not a readable photo; the message is written for the sender.</exception>
    /// <exception cref="UnknownGroupException">There is no such group.</exception>
    /// <exception cref="StorageFullException">The disk is full; nothing was stored.</exception>
    public async Task<PhotoId> ReceiveAsync(
        GroupId group, string sourceId, string fileName, ReadOnlyMemory<byte> bytes, CancellationToken cancellation, ParticipantId? uploader = null, TimeSpan delay = default, bool isSurelyPhoto = true)
    {
        var (known, exists) = await database.ReadAsync(
            async session => (await InboxTable.FindAsync(session, group, sourceId), await GroupTable.IsActiveAsync(session, group)), cancellation);
        if (known is { } earlier)
            return earlier;
        if (!exists)
            throw new UnknownGroupException(group);

        AcceptedPhoto accepted;
        try
        {
            accepted = await intake.AcceptAsync(bytes, fileName, cancellation);
        }
        catch (PhotoRefusedException refused) when (isSurelyPhoto || refused.Refusal != PhotoRefusal.NotAPhoto)
        {
            await refusals.AddAsync(group, sourceId, fileName, uploader, refused, cancellation);
            throw;
        }

        var key = await media.PutAsync(MediaBucket.Unprocessed, accepted.Bytes, ContentTypes.Of(accepted.Header.Type), Subjects.GroupPhoto(group), cancellation);
        var photo = await StoreAsync(new GroupMessageReceived(group, sourceId, key, uploader), fileName, delay, cancellation);
        if (photo != key.PhotoId())
            await media.DeleteAsync(key, CancellationToken.None);
        return photo;
    }

    /// <summary>
    /// Withdraws a photo whose author deleted the message for everyone, also one that has not come yet. Effective from the commit of the
    /// session: nothing is sent of it any more, and what was found in it is deleted. Repeatable.
    /// </summary>
    /// <param name="sourceId">The sender's own id of the message.</param>
    public async Task WithdrawAsync(Session session, GroupId group, string sourceId)
    {
        // The log outside the database, so that no restored backup brings it back.
        if (await PhotoWithdrawals.MarkAsync(session, outbox, group, sourceId, clock.GetUtcNow()))
            await WithdrawalTable.AddAsync(session, WithdrawalKind.PhotoWithdrawn, sourceId, group.Value);
    }

    /// <summary>The status of a photo; null if there is none with that source id, or it has expired.</summary>
    public Task<PhotoStatus?> FindAsync(GroupId group, string sourceId, CancellationToken cancellation = default) =>
        database.ReadAsync(session => PhotoStatusQuery.FindAsync(session, group, sourceId), cancellation);

    /// <summary>The status of a station's photo; null if it is not that station's, or has expired.</summary>
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

/// <summary>There is no such group.</summary>
public sealed class UnknownGroupException(GroupId group)
    : Exception($"There is no group '{group}'. Set it up before photos are posted to it.");
