using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Deletes pictures from the colleagues' channel once their face is gone or named, or their question is answered. The channel has no
/// transactions, so the row is kept until the channel has confirmed the deletion.
/// </summary>
internal sealed class ColleaguePicturesExpire(
    Database database, IColleagues colleagues, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<ColleaguePicturesExpire> log) : ITimeToLive
{
    // Slack allows about fifty deletions a minute, and this runs every minute.
    private const int MostInARound = 40;

    // By then every posting call has ended, so that no picture is shown after its deletion.
    private static readonly TimeSpan _longestCall = TimeSpan.FromMinutes(10);

    private bool _told;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var begun = clock.GetUtcNow() - _longestCall;
        var old = clock.GetUtcNow() - options.Value.UnknownFaces;
        if (!colleagues.Listening)
        {
            await TellAsync(begun, old, cancellation);
            return 0;
        }

        _told = false;
        var due = await database.ReadAsync(session => ColleaguePictures.DueAsync(session, begun, old, MostInARound), cancellation);
        return await WithdrawAsync(due, cancellation);
    }

    private async Task<int> WithdrawAsync(IReadOnlyList<ColleaguePicture> due, CancellationToken cancellation)
    {
        var withdrawn = 0;
        Exception? refusal = null;
        foreach (var post in due)
        {
            try
            {
                await colleagues.WithdrawAsync(post.FileId, cancellation);
            }
            catch (TryLaterException)
            {
                break;
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // A picture that cannot be deleted does not stop the others.
                refusal ??= error;
                await database.WriteAsync(session => ColleaguePictures.AskedAsync(session, post.FileId, clock.GetUtcNow()), cancellation);
                continue;
            }

            await database.WriteAsync(session => ColleaguePictures.DeleteAsync(session, post.FileId), CancellationToken.None);
            withdrawn++;
        }

        return refusal is null
            ? withdrawn
            : throw new InvalidOperationException($"{withdrawn} pictures were withdrawn from colleagues, but not all: {refusal.Message}", refusal);
    }

    private async Task TellAsync(DateTimeOffset begun, DateTimeOffset old, CancellationToken cancellation)
    {
        if (_told)
            return;

        var count = await database.ReadAsync(session => ColleaguePictures.CountDueAsync(session, begun, old), cancellation);
        if (count == 0)
            return;
        log.LogWarning(
            "{Count} pictures that colleagues were shown are to be withdrawn, but no channel to them is set up any more. Set it up again, such as Atmosphere:Channels:Slack, until they are gone",
            count);
        _told = true;
    }
}
