using Atmosphere.Bot.Channels;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.Running;

/// <summary>
/// Converts a message's files to stored photos: downloads them if necessary and checks each header. Stored files are recorded in the turn
/// at once, so that a retry does not download them again.
/// </summary>
internal sealed class FileIntake(Database database, Uploads uploads, IMediaStore media, PhotoIntake intake, IEnumerable<IFileSource> sources)
{
    // The maximum of one registration.
    private const int MostFiles = 10;
    private const int MostNameLetters = 80;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <returns>One entry per file, in order; one more if some were left out.</returns>
    public async Task<IReadOnlyList<ReceivedFile>> TakeAsync(ConversationTurn turn, ParticipantId from, IncomingMessage incoming, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        var conversation = ConversationKey.Parse(turn.Conversation);
        var files = incoming.Files.ToList();
        var received = new List<ReceivedFile>();
        for (var index = 0; index < Math.Min(files.Count, MostFiles); index++)
        {
            var file = files[index];
            received.Add(await TakeInTimeAsync(conversation, from, file, patience.Token, cancellation));
            if (file.Media is not null || received[^1].Photo is not { } photo)
                continue;
            files[index] = file with { Media = photo.Value };
            await RememberAsync(turn, incoming with { Files = files }, photo);
        }

        if (files.Count > MostFiles)
            received.Add(new ReceivedFile("", null, "common.files-left-out"));
        return received;
    }

    /// <summary>One message must not delay other users: a file that does not arrive in time counts as missing.</summary>
    private async Task<ReceivedFile> TakeInTimeAsync(
        ConversationKey conversation, ParticipantId from, IncomingFile file, CancellationToken patience, CancellationToken cancellation)
    {
        try
        {
            return await TakeAsync(conversation, from, file, patience);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ReceivedFile(NameOf(file), null, FileSentences.Of(FileFailure.Missing));
        }
    }

    private Task RememberAsync(ConversationTurn turn, IncomingMessage incoming, MediaKey photo) =>
        database.WriteAsync(
            async session =>
            {
                await TurnInbox.RememberAsync(session, turn.Turn, incoming);
                await uploads.AddAsync(session, ConversationKey.Parse(turn.Conversation), photo);
            },
            CancellationToken.None);

    private static string NameOf(IncomingFile file) => file.Name.Length <= MostNameLetters ? file.Name : file.Name[..MostNameLetters];

    /// <summary>A HEIC photo is stored as JPEG.</summary>
    private static string ContentTypeOf(AcceptedPhoto accepted, byte[] bytes, IncomingFile file) =>
        accepted.Bytes.Equals(bytes) ? file.ContentType : "image/jpeg";

    private async Task<ReceivedFile> TakeAsync(ConversationKey conversation, ParticipantId from, IncomingFile file, CancellationToken cancellation)
    {
        var name = NameOf(file);
        if (file.Failure is { } failure)
            return new ReceivedFile(name, null, FileSentences.Of(failure));

        try
        {
            var bytes = file.Media is { } stored
                ? await media.GetAsync(new MediaKey(stored), cancellation)
                : await sources.Single(source => source.Channel == conversation.Channel && source.Takes(file)).FetchAsync(file, cancellation);
            var accepted = await intake.AcceptAsync(bytes, name, cancellation);
            var key = file.Media is { } kept
                ? new MediaKey(kept)
                : await media.PutAsync(MediaBucket.Training, accepted.Bytes, ContentTypeOf(accepted, bytes, file), Subjects.ChatUpload(from), cancellation);
            return new ReceivedFile(name, key, null);
        }
        catch (FileUnavailableException unavailable)
        {
            return new ReceivedFile(name, null, FileSentences.Of(unavailable.Failure));
        }
        catch (MediaNotFoundException)
        {
            return new ReceivedFile(name, null, FileSentences.Of(FileFailure.Missing));
        }
        catch (PhotoRefusedException refused)
        {
            return new ReceivedFile(name, null, FileSentences.OfType(file.ContentType, refused.Refusal));
        }
    }
}
