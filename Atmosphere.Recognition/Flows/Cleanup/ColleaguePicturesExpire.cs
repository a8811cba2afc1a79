using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>
/// Pictures that colleagues were shown, of faces that are gone or have a name meanwhile, or of questions that are answered. The channel has no transaction: the row is the memory
/// of the picture, and goes when the channel said that it has it no more.
/// </summary>
internal sealed class ColleaguePicturesExpire(
    Database database, IColleagues colleagues, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<ColleaguePicturesExpire> log) : ITimeToLive
{
    // Slack allows about fifty deletions a minute, and a round comes every minute.
    private const int MostInARound = 40;

    // A call that posts is over by then, so that no picture is shown after it was withdrawn.
    private static readonly TimeSpan _longestCall = TimeSpan.FromMinutes(10);

    // Whoever deletes or names a face need not know of posts: without its box, or with a name, a face has nothing to be asked about any more.
    // Of a question that ended the post is changed first, so that it does not show a picture that is not there.
    private const string Due =
        """
        FROM colleague_pictures s WHERE NOT EXISTS (
            SELECT 1 FROM questions q WHERE q.id = s.question_id AND q.post_state = 'sending' AND q.posting_at > @begun) AND (
            NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = s.face_id)
            OR EXISTS (SELECT 1 FROM faces f WHERE f.id = s.face_id AND f.verdict = 'named')
            OR EXISTS (SELECT 1 FROM photos p WHERE p.id = s.photo_id AND p.state = 'erased')
            OR s.uploaded_at <= @old
            OR (s.question_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM questions q WHERE q.id = s.question_id AND q.face_id = s.face_id
                    AND (q.state IN ('asked', 'voting', 'undone') OR (COALESCE(q.shown_at, 0) < q.changed_at AND q.changed_at > @begun)))))
        """;

    private bool _told;

    public async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        var begun = (clock.GetUtcNow() - _longestCall).ToUnixTimeMilliseconds();
        var old = (clock.GetUtcNow() - options.Value.UnknownFaces).ToUnixTimeMilliseconds();
        if (!colleagues.Listening)
        {
            await TellAsync(begun, old, cancellation);
            return 0;
        }

        _told = false;
        var due = await database.ReadAsync(
            session => session.QueryAsync<Post>(
                $"SELECT s.face_id, s.file_id {Due} ORDER BY COALESCE(s.withdraw_asked_at, 0), s.uploaded_at LIMIT @MostInARound", new { begun, old, MostInARound }),
            cancellation);
        return await WithdrawAsync(due, cancellation);
    }

    private async Task<int> WithdrawAsync(IReadOnlyList<Post> due, CancellationToken cancellation)
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
                await AskedAsync(post, cancellation);
                continue;
            }

            await database.WriteAsync(
                session => session.ExecuteAsync("DELETE FROM colleague_pictures WHERE face_id = @FaceId AND file_id = @FileId", post), CancellationToken.None);
            withdrawn++;
        }

        return refusal is null
            ? withdrawn
            : throw new InvalidOperationException($"{withdrawn} pictures were withdrawn from colleagues, but not all: {refusal.Message}", refusal);
    }

    private Task<int> AskedAsync(Post post, CancellationToken cancellation) =>
        database.WriteAsync(
            session => session.ExecuteAsync(
                "UPDATE colleague_pictures SET withdraw_asked_at = @at WHERE face_id = @FaceId AND file_id = @FileId",
                new { post.FaceId, post.FileId, at = clock.GetUtcNow().ToUnixTimeMilliseconds() }),
            cancellation);

    private async Task TellAsync(long begun, long old, CancellationToken cancellation)
    {
        if (_told)
            return;

        var count = await database.ReadAsync(session => session.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) {Due}", new { begun, old }), cancellation);
        if (count == 0)
            return;
        log.LogWarning(
            "{Count} pictures that colleagues were shown are to be withdrawn, but no channel to them is set up any more. Set it up again, such as Atmosphere:Channels:Slack, until they are gone",
            count);
        _told = true;
    }

    private sealed record Post
    {
        public FaceId FaceId { get; init; }

        public string FileId { get; init; } = "";
    }
}
