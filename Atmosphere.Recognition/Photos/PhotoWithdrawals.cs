using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Photos;

/// <summary>Withdraws photos whose author deleted the message for everyone.</summary>
internal static class PhotoWithdrawals
{
    /// <summary>
    /// Effective from the commit of the session: what has not gone out does not go out, and a photo that comes later is not taken. A message
    /// deletes the rest. Repeatable.
    /// </summary>
    /// <param name="source">The photo's source id.</param>
    /// <returns>False if it was withdrawn before.</returns>
    public static async Task<bool> MarkAsync(Session session, IOutbox outbox, GroupId group, string source, DateTimeOffset now)
    {
        if (!await GroupTable.IsActiveAsync(session, group) || await InboxTable.WithdrawAsync(session, group, source, now) is not { } withdrawn)
            return false;
        await GroupFileTable.RemoveAsync(session, group, source);
        if (await PhotoTable.WithdrawAsync(session, withdrawn.PhotoId, now))
        {
            await DistributionTable.WithdrawAsync(session, withdrawn.PhotoId);
            await SyncPoints.CloseAsync(session, withdrawn.PhotoId, now);
        }
        else if (withdrawn.Media is null)
        {
            // It has not come yet, or is gone: there is nothing to delete.
            return true;
        }

        await outbox.SendAsync(session, new WithdrawPhoto(withdrawn.PhotoId, group, withdrawn.Media));
        return true;
    }
}
