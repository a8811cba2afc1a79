using Atmosphere.Bot.Channels.Activities;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Translates activities to turns.</summary>
internal sealed class BotFrameworkInbox(Database database, TurnInbox inbox, Uploads uploads, IMediaStore media)
{
    /// <returns>The turn; null where the activity needs no answer.</returns>
    public async Task<string?> AcceptAsync(Activity activity, ConversationReference reference, bool awaited, CancellationToken cancellation)
    {
        var joined = activity.Type == "conversationUpdate" && activity.MembersAdded?.Any(member => member.Id != reference.Bot) == true;
        if (!joined && activity.Type != "message")
            return null;

        var files = joined ? [] : await FilesAsync(activity, cancellation);
        var incoming = new Incoming(joined ? IncomingKind.Joined : IncomingKind.Message, activity.Text ?? "", files);
        var id = activity.Id ?? (joined ? "joined" : $"unnamed-{Guid.CreateVersion7():N}");
        var (turn, _) = await database.WriteAsync(
            async session =>
            {
                foreach (var file in files.Where(file => file.Media is not null))
                    await uploads.AddAsync(session, reference.Key, new MediaKey(file.Media!));
                return await inbox.AcceptAsync(session, reference.Key, id, reference.ToJson(), incoming, ClassGroup.Id, awaited);
            },
            // Whoever hangs up now must not leave a turn behind whose answer is awaited by nobody.
            CancellationToken.None);
        return turn;
    }

    /// <summary>Cards and the HTML copy of a message come as attachments without an address; they are no files.</summary>
    private async Task<IReadOnlyList<IncomingFile>> FilesAsync(Activity activity, CancellationToken cancellation)
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
                files.Add(new IncomingFile(name, type, (await media.PutAsync(MediaBucket.Training, bytes, type, cancellation)).Value));
            else
                files.Add(new IncomingFile(name, type, Failure: FileFailure.Missing));
        }

        return files;
    }

    private static IncomingFile FromAddress(string url, string name, string type, string? origin) =>
        Uri.TryCreate(url, UriKind.Absolute, out _)
            ? new IncomingFile(name, type, Url: url, Origin: origin)
            : new IncomingFile(name, type, Failure: FileFailure.Missing);
}
