using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Pictures that colleagues were shown, of faces that are gone or have a name meanwhile, or of questions that are answered. The channel has no
/// transaction: the row is the memory of the picture, and goes when the channel said that it has it no more.
/// </summary>
internal sealed class ColleaguePicturesExpire(
    Database database, IColleagues colleagues, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<ColleaguePicturesExpire> log) : ITimeToLive
{
    // Slack allows about fifty deletions a minute, and a round comes every minute.
    private const int MostInARound = 40;

    // A call that posts is over by then, so that no picture is shown after it was withdrawn.
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
                // One picture that cannot be deleted does not keep the others.
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
