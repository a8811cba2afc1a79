using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Fetching;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Bot.Schema;
using Newtonsoft.Json.Linq;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>A file from an upload or a data: address.</summary>
internal sealed record PostedFile(string Name, string ContentType, byte[] Bytes);

/// <summary>Accepts a client's posts: stores the files, then the activity and the turn in one transaction.</summary>
internal sealed class DirectLineInbox(
    Database database, IMediaStore media, DirectLineActivities activities, TurnInbox inbox, Uploads uploads, DirectLineFeed feed, Visitors visitors)
{
    /// <summary>Opens the conversation; the bot greets in a new one.</summary>
    /// <returns>True if it is new.</returns>
    public Task<bool> StartAsync(string conversation, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                if (!await activities.StartAsync(session, conversation))
                    return false;
                await inbox.AcceptAsync(session, KeyOf(conversation), "joined", "{}", new IncomingMessage(IncomingKind.Joined, "", []), visitors.Group);
                return true;
            },
            cancellation);

    /// <returns>The id of the activity; a repeated message gets the same id.</returns>
    /// <exception cref="RefusedRequestException">404: there is no such conversation.</exception>
    public async Task<string> PostAsync(string conversation, Activity activity, IReadOnlyList<PostedFile> posted, CancellationToken cancellation)
    {
        var isMessage = activity.Type == ActivityTypes.Message;
        var (files, attachments) = await StoreAsync(conversation, isMessage ? [.. Inline(activity), .. posted] : [], cancellation);
        var sourceId = ClientIdOf(activity) ?? $"user-{Guid.CreateVersion7():N}";
        var position = await database.WriteAsync(
            async session =>
            {
                if (!await DirectLineTable.ExistsAsync(session, conversation))
                    throw NoSuchConversation();
                if (!isMessage)
                    return 0;

                foreach (var file in files)
                    await uploads.AddAsync(session, KeyOf(conversation), new MediaKey(file.Media!));
                var incoming = new IncomingMessage(IncomingKind.Message, activity.Text ?? "", [.. files, .. Unfetched(activity)]);
                await inbox.AcceptAsync(session, KeyOf(conversation), sourceId, "{}", incoming, visitors.Group);
                return await activities.AppendAsync(session, conversation, sourceId, Shown(activity, attachments));
            },
            cancellation);
        feed.Changed(conversation);
        return DirectLineActivities.IdOf(conversation, position);
    }

    private static RefusedRequestException NoSuchConversation() =>
        new(404, "There is no such conversation: start it with POST /v3/directline/conversations.");

    private static ConversationKey KeyOf(string conversation) => new(DirectLineChannel.ChannelName, conversation);

    /// <summary>The part of a user's message that the history keeps.</summary>
    private static Activity Shown(Activity activity, IList<Attachment> attachments) => new()
    {
        Type = ActivityTypes.Message,
        From = new ChannelAccount(activity.From?.Id ?? "user", activity.From?.Name, RoleTypes.User),
        Locale = activity.Locale,
        TextFormat = TextFormatTypes.Plain,
        Text = activity.Text,
        ChannelData = activity.ChannelData,
        Attachments = attachments.Count == 0 ? null : attachments,
    };

    private static IEnumerable<PostedFile> Inline(Activity activity) =>
        (activity.Attachments ?? [])
            .Where(attachment => attachment.ContentUrl is not null && DataUri.Is(attachment.ContentUrl))
            .Select(attachment => new PostedFile(
                attachment.Name ?? "photo", attachment.ContentType ?? "", DataUri.Read(attachment.ContentUrl!) ?? []));

    /// <summary>External addresses are never called: a client that can post here can also upload.</summary>
    private static IEnumerable<IncomingFile> Unfetched(Activity activity) =>
        (activity.Attachments ?? [])
            .Where(attachment => attachment.ContentUrl is not null && !DataUri.Is(attachment.ContentUrl) && !attachment.ContentUrl.StartsWith("blob:", StringComparison.Ordinal))
            .Select(attachment => new IncomingFile(attachment.Name ?? "that file", attachment.ContentType ?? "", Failure: FileFailure.Missing));

    private static string? ClientIdOf(Activity activity)
    {
        if (activity.ChannelData is not JObject data)
            return null;
        foreach (var name in (ReadOnlySpan<string>)["clientActivityID", "clientActivityId"])
        {
            if (data[name] is JValue { Value: string { Length: > 0 and <= 200 } text })
                return text;
        }

        return null;
    }

    private async Task<(IReadOnlyList<IncomingFile> Files, IList<Attachment> Attachments)> StoreAsync(
        string conversation, IReadOnlyList<PostedFile> posted, CancellationToken cancellation)
    {
        if (posted.Count == 0)
            return ([], []);
        var sender = await database.WriteAsync(
            async session => await DirectLineTable.ExistsAsync(session, conversation)
                ? await inbox.SenderAsync(session, KeyOf(conversation), "{}", visitors.Group)
                : throw NoSuchConversation(),
            cancellation);
        var files = new List<IncomingFile>();
        var attachments = new List<Attachment>();
        foreach (var file in posted)
        {
            if (file.Bytes.Length > RequestBody.LargestFile)
                throw new RefusedRequestException(413, "A file may have 25 MB.");
            var key = await media.PutAsync(MediaBucket.Training, file.Bytes, file.ContentType, Subjects.ChatUpload(sender), cancellation);
            files.Add(new IncomingFile(file.Name, file.ContentType, key.Value));
            attachments.Add(new Attachment(file.ContentType, DirectLineChannel.StoredPicture + key, name: file.Name));
        }

        return (files, attachments);
    }
}
