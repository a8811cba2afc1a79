using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Container;

/// <summary>Handles a container's posts: photos of linked groups are stored as photos at once, everything else is queued.</summary>
internal sealed class ContainerIntake(
    Database database, GroupInbox inbox, GroupPhotos photos, AuthorShares shares, IOptions<GroupOptions> options, TimeProvider clock)
{
    private const string NoPhoto = "It is no photo of the class: stickers, films, sounds, texts and what may be viewed once are not looked at.";

    /// <returns>One entry per photo; empty if the group is not linked, in which case nothing is stored.</returns>
    public async Task<IReadOnlyList<ContainerPhoto>> TakeAsync(ContainerMessage message, CancellationToken cancellation)
    {
        var told = message.Told;
        // An event older than the retained ids could be a repetition.
        if (!inbox.Remembers(told))
            return [];

        var group = await database.ReadAsync(session => ChatGroups.FindAsync(session, ContainerCarrier.ChannelName, told.Chat), cancellation);
        var taken = new List<ContainerPhoto>();
        if (group is not null && told.At >= group.LinkedAt)
        {
            // A container cannot list the members, so every sender counts as a member.
            if (told.Author is { } author)
                await database.WriteAsync(session => GroupMembers.JoinAsync(session, group.Id, [session.Key.HashOf(author)], told.At, WayToJoin.ContainerEvents), cancellation);
            for (var index = 0; index < message.Media.Count; index++)
                taken.Add(await TakeAsync(group.Id, message, index, cancellation));
        }

        _ = await inbox.AcceptAsync(ContainerCarrier.ChannelName, message.Id, told, cancellation);
        return taken;
    }

    private async Task<ContainerPhoto> TakeAsync(GroupId group, ContainerMessage message, int index, CancellationToken cancellation)
    {
        var file = message.Media[index];
        if (!file.MayBePhoto)
            return new ContainerPhoto(null, NoPhoto);
        try
        {
            var source = GroupPhotoSource.Of(database.Key, ContainerCarrier.ChannelName, message.Id, index);
            if (await photos.FindAsync(group, source, cancellation) is { } known)
                return new ContainerPhoto(known.Photo.Value, null);
            var now = clock.GetUtcNow();
            var wait = shares.Take(group, database.Key.HashOf(message.Told.Author ?? ""), source, now);
            var (delay, uploader) = await database.WriteAsync(
                async session => (
                    wait ?? await GroupPaces.NextAsync(session, group, options.Value.PhotosPerHour, now),
                    message.Told.Author is { } author ? await Participants.FindAsync(session, WhatsAppAddress.Channel, author) : null),
                cancellation);
            return new ContainerPhoto((await photos.ReceiveAsync(group, source, "Your photo", file.Bytes, cancellation, uploader, delay)).Value, null);
        }
        catch (PhotoRefusedException refused)
        {
            return new ContainerPhoto(null, refused.Message);
        }
        catch (UnknownGroupException)
        {
            throw new RefusedRequestException(409, "The group ended just now.");
        }
    }
}

/// <param name="Photo">Id of the photo; null if it was refused.</param>
/// <param name="Error">Why it was refused.</param>
internal sealed record ContainerPhoto(string? Photo, string? Error);
