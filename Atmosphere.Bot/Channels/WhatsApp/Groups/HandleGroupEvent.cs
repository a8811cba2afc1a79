using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>
/// Handles an event of a chat: stores photos of linked groups, updates the members, links by code, and ends the group when the bot leaves.
/// Events of unlinked chats are dropped.
/// </summary>
internal sealed class HandleGroupEvent(
    Database database, GroupInbox inbox, GroupLinking linking, PrivateMessages privately, IErasures erasures, IParents parents,
    IEnumerable<IGroupCarrier> carriers, MemberHashes members, GroupPhotos photos, AuthorShares shares, TimeProvider clock) : IStep<GroupEventReceived>, IOnExhausted<GroupEventReceived>
{
    public async Task<Effects> HandleAsync(GroupEventReceived message, CancellationToken cancellation)
    {
        var (stored, group) = await database.ReadAsync(session => FindAsync(session, message.Event), cancellation);
        if (stored is null)
            return Effects.None;

        var (told, carrier) = (stored.Told, carriers.Single(carrier => carrier.Channel == stored.Channel));
        var effects = Effects.None;
        switch (told.Kind)
        {
            case ChatEventKind.Private:
                var number = await members.NumberAsync(carrier, told, told.Chat, cancellation);
                effects.Change(session => privately.AcceptAsync(session, told, number));
                if (number is not null && carrier.Hides(told.Chat))
                    effects.Change(session => members.RememberAsync(session, null, told.Chat, number));
                break;
            case ChatEventKind.Posted:
                var author = await AuthorAsync(effects, group, told, carrier, cancellation);
                if (CodeTable.LooksLikeOne(told.Text))
                    effects.Change((session, outbox) => linking.TryAsync(session, outbox, stored.Channel, told, author, message.Event));
                effects.Change((session, outbox) => TakePhotosAsync(session, outbox, stored, author, carrier));
                break;
            case ChatEventKind.Withdrawn when group is not null:
                effects.Change(session => WithdrawAsync(session, stored, group.Id));
                break;
            case ChatEventKind.Joined or ChatEventKind.Left when group is not null:
                await MoveMembersAsync(effects, group, told, carrier, cancellation);
                break;
            // Events from before the linking are late: the bot has rejoined since.
            case ChatEventKind.Ended when group is not null && told.At >= group.LinkedAt:
                await TellOfEndAsync(effects, group, cancellation);
                effects.Change(session => EndAsync(session, group.Id));
                break;
            default:
                break;
        }

        return effects.Change(session => inbox.CloseAsync(session, message.Event));
    }

    private static async Task<(StoredChatEvent? Stored, ChatGroup? Group)> FindAsync(Session session, string id)
    {
        var stored = await GroupInbox.FindAsync(session, id);
        return (stored, stored is null ? null : await ChatGroups.FindAsync(session, stored.Channel, stored.Told.Chat));
    }

    /// <summary>
    /// After the last attempt the data of the event is deleted; the end of a group and a withdrawal, which name nobody, are kept for a replay. A full
    /// member check replaces a join or departure, and lost photos are reported to operators.
    /// </summary>
    public Effects Exhausted(GroupEventReceived message, Exception reason) => Effects.None.Change(async (session, outbox) =>
    {
        var (stored, group) = await FindAsync(session, message.Event);
        if (stored is null or { Told.Kind: ChatEventKind.Ended or ChatEventKind.Withdrawn })
            return;
        _ = await inbox.CloseAsync(session, message.Event);
        if (group is null)
            return;
        if (stored.Told.Kind is ChatEventKind.Joined or ChatEventKind.Left)
            await outbox.SendAsync(session, new GroupMembersWanted(group.Id));
        foreach (var (index, _) in stored.Told.Files.Index())
            await GroupNotifications.PhotoLostAsync(session, $"{message.Event}-{index}", group.Id, "its message could not be handled.", clock.GetUtcNow());
    });

    /// <summary>
    /// The sender, if needed. A code waits until the carrier can be queried; a photo does not, because the carrier soon deletes it.
    /// </summary>
    private async Task<string?> AuthorAsync(Effects effects, ChatGroup? group, ChatEvent told, IGroupCarrier carrier, CancellationToken cancellation)
    {
        if (told.Author is not { } id)
            return null;
        if (group is null)
            return told.Text.Length > 0 ? await members.NumberAsync(carrier, told, id, cancellation) : null;
        if (told.Files.Count == 0)
            return null;
        try
        {
            return await members.NumberAsync(carrier, told, id, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or TryLaterException)
        {
            effects.Send(new GroupMembersWanted(group.Id));
            return null;
        }
    }

    /// <summary>Members with hidden numbers cannot be followed one by one; a full member check is started instead.</summary>
    private async Task MoveMembersAsync(Effects effects, ChatGroup group, ChatEvent told, IGroupCarrier carrier, CancellationToken cancellation)
    {
        var numbers = new List<(string Member, string? Number)>();
        foreach (var member in told.Members)
            numbers.Add((member, await members.NumberIfToldAsync(carrier, told, member, cancellation)));

        effects.Change(async (session, outbox) =>
        {
            var hashes = new List<string>();
            await members.RememberAsync(session, group.Id, told);
            foreach (var (member, number) in numbers)
            {
                if (await members.OfAsync(session, group.Id, carrier, member, number) is { } hash)
                    hashes.Add(hash);
            }

            await (told.Kind == ChatEventKind.Joined
                ? GroupMembers.JoinAsync(session, group.Id, hashes, told.At, carrier.Way)
                : GroupMembers.LeaveAsync(session, group.Id, hashes, told.At));
            if (hashes.Count < numbers.Count)
                await outbox.SendAsync(session, new GroupMembersWanted(group.Id));
        });
    }

    private async Task TakePhotosAsync(Session session, IOutbox outbox, StoredChatEvent stored, string? author, IGroupCarrier carrier)
    {
        var (told, now) = (stored.Told, clock.GetUtcNow());
        if (await ChatGroups.FindAsync(session, stored.Channel, told.Chat) is not { } group || told.At < group.LinkedAt)
            return;
        if (told.Service is { } service)
            await ChatGroups.KeepServiceAsync(session, group.Id, service);

        await members.RememberAsync(session, group.Id, told);
        ParticipantId? uploader = null;
        if (author is not null)
        {
            await GroupMembers.JoinAsync(session, group.Id, [(await members.OfAsync(session, group.Id, carrier, told.Author!, author))!], told.At, carrier.Way);
            uploader = await Participants.FindAsync(session, WhatsAppAddress.Channel, author);
        }

        for (var index = 0; index < told.Files.Count; index++)
        {
            var file = told.Files[index];
            var source = GroupPhotoSource.Of(session.Key, stored.Channel, told.Message, index);
            if (file.Failure is not null)
            {
                await GroupNotifications.PhotoLostAsync(session, source, group.Id, "the carrier told of it without saying where it is.", now);
                continue;
            }

            var row = await GroupFiles.AddAsync(session, group.Id, source, file, uploader, now);
            var wait = shares.Take(group.Id, session.Key.HashOf(author ?? told.Author ?? ""), source, now);
            await outbox.SendAsync(session, new GroupPhotoPosted(row, now + (wait ?? TimeSpan.Zero)));
        }
    }

    /// <summary>Withdraws all photos of the messages, also those that have not come yet.</summary>
    private async Task WithdrawAsync(Session session, StoredChatEvent stored, GroupId group)
    {
        foreach (var source in stored.Told.Withdrawn.SelectMany(message => GroupPhotoSource.AllOf(session.Key, stored.Channel, message)))
            await photos.WithdrawAsync(session, group, source);
    }

    /// <summary>The group's name is erased with it, so the teacher is told before; if unreachable now, without the name.</summary>
    private async Task TellOfEndAsync(Effects effects, ChatGroup group, CancellationToken cancellation)
    {
        if (group.Teacher is not { } teacher)
            return;
        var occasion = $"{group.Id}-ended";
        try
        {
            var values = new Dictionary<string, string> { ["group"] = group.Name };
            _ = await parents.SendAsync(new ParentNotice(new DeliveryId(occasion), teacher, "group.ended", values, null), cancellation);
        }
        catch (Exception error) when (error is TryLaterException or HttpRequestException)
        {
            effects.Send(new TeacherToTell(teacher, TeacherNotice.Ended, null, occasion));
        }
    }

    private async Task EndAsync(Session session, GroupId group)
    {
        await erasures.EndGroupAsync(session, group);
        _ = await ChatGroups.EndAsync(session, group, clock.GetUtcNow());
    }
}
