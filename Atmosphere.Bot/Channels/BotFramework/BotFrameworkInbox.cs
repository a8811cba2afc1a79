using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Fetching;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Bot.Schema;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Converts activities to turns.</summary>
internal sealed class BotFrameworkInbox(Database database, TurnInbox inbox, Uploads uploads, IMediaStore media, Visitors visitors)
{
    /// <returns>The turn; for a repeated activity the turn of the first time.</returns>
    public async Task<string> AcceptAsync(IncomingKind kind, Activity activity, ChatReference chat, bool awaited, CancellationToken cancellation)
    {
        var isJoined = kind == IncomingKind.Joined;
        var files = isJoined ? [] : await FilesAsync(activity, chat, cancellation);
        var incoming = new IncomingMessage(kind, activity.Text ?? "", files);
        var id = activity.Id ?? (isJoined ? "joined" : $"unnamed-{Guid.CreateVersion7():N}");
        var (turn, _) = await database.WriteAsync(
            async session =>
            {
                foreach (var file in files.Where(file => file.Media is not null))
                    await uploads.AddAsync(session, chat.Key, new MediaKey(file.Media!));
                return await inbox.AcceptAsync(session, chat.Key, id, chat.ToJson(), incoming, visitors.Group, awaited);
            },
            // A caller that disconnects now must not leave a turn whose answer nobody waits for.
            CancellationToken.None);
        return turn;
    }

    /// <summary>Cards and the HTML copy of a message arrive as attachments without an address; they are not files.</summary>
    private async Task<IReadOnlyList<IncomingFile>> FilesAsync(Activity activity, ChatReference chat, CancellationToken cancellation)
    {
        var files = new List<IncomingFile>();
        foreach (var attachment in activity.Attachments ?? [])
        {
            if (attachment.ContentUrl is not { Length: > 0 } url)
                continue;
            var (name, type) = (attachment.Name ?? "the file", attachment.ContentType ?? "");
            if (!DataUri.Is(url))
                files.Add(FromAddress(url, name, type, activity.ServiceUrl));
            else if (DataUri.Read(url) is { } bytes)
                files.Add(new IncomingFile(name, type, (await StoreAsync(bytes, type, chat, cancellation)).Value));
            else
                files.Add(new IncomingFile(name, type, Failure: FileFailure.Missing));
        }

        return files;
    }

    private async Task<MediaKey> StoreAsync(byte[] bytes, string type, ChatReference chat, CancellationToken cancellation)
    {
        var sender = await database.WriteAsync(session => inbox.SenderAsync(session, chat.Key, chat.ToJson(), visitors.Group), cancellation);
        return await media.PutAsync(MediaBucket.Training, bytes, type, Subjects.ChatUpload(sender), cancellation);
    }

    private static IncomingFile FromAddress(string url, string name, string type, string? origin) =>
        Uri.TryCreate(url, UriKind.Absolute, out _)
            ? new IncomingFile(name, type, Url: url, Origin: origin)
            : new IncomingFile(name, type, Failure: FileFailure.Missing);
}
