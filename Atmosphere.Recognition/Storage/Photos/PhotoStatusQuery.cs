using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Reads the status of a photo.</summary>
internal static class PhotoStatusQuery
{
    public static Task<PhotoStatus?> FindAsync(Session session, GroupId group, string sourceId) =>
        ReadAsync(
            session,
            "SELECT photo_id, group_id, received_at, media, outcome FROM inbox WHERE group_id = @group AND source_id = @sourceId",
            new { group, sourceId });

    /// <summary>The status of a station's photo; the photo's row may outlive the inbox entry.</summary>
    public static Task<PhotoStatus?> FindAsync(Session session, ClientId client, PhotoId photo) =>
        ReadAsync(
            session,
            """
            SELECT photo_id, group_id, received_at, media, outcome FROM inbox WHERE client_id = @client AND photo_id = @photo
            UNION ALL
            SELECT id, group_id, received_at, NULL, NULL FROM photos WHERE client_id = @client AND id = @photo
                AND NOT EXISTS (SELECT 1 FROM inbox WHERE client_id = @client AND photo_id = @photo)
            """,
            new { client, photo });

    private static async Task<PhotoStatus?> ReadAsync(Session session, string known, object arguments)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            $"""
            SELECT i.photo_id, i.group_id, i.received_at, i.media AS waiting, i.outcome, p.state, p.error, p.distributed_at,
                (SELECT COUNT(*) FROM bounding_boxes b WHERE b.photo_id = p.id) AS faces,
                (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id AND f.{Rules.FaceIsNamed}) AS recognised,
                (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id AND f.verdict = 'uncertain') AS uncertain,
                (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id) AS recipients,
                (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id AND d.{Rules.PhotoIsReceived}) AS sent,
                (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('pending', 'sending')) AS open
            FROM ({known}) i LEFT JOIN photos p ON p.id = i.photo_id AND p.expired_at IS NULL
            """,
            arguments);
        if (row is null || (row.State is null && row.Waiting is null && row.Outcome is not (InboxTable.NoFaces or InboxTable.Withdrawn)))
            return null;

        var steps = await session.QueryAsync<StepRow>(
            "SELECT step, outcome, error, ended_at FROM photo_steps WHERE photo_id = @PhotoId ORDER BY ended_at, step", new { row.PhotoId });
        return row.ToStatus([.. steps.Select(step => step.ToStep())]);
    }

    private sealed record Row
    {
        public PhotoId PhotoId { get; init; }

        public GroupId GroupId { get; init; }

        public long ReceivedAt { get; init; }

        public string? Waiting { get; init; }

        public string? Outcome { get; init; }

        public PhotoState? State { get; init; }

        public string? Error { get; init; }

        public int Faces { get; init; }

        public int Recognised { get; init; }

        public int Uncertain { get; init; }

        public int Recipients { get; init; }

        public int Sent { get; init; }

        public int Open { get; init; }

        public long? DistributedAt { get; init; }

        private bool IsDeletedWithoutFaces => State is null && Outcome == InboxTable.NoFaces;

        public PhotoStatus ToStatus(IReadOnlyList<PhotoStep> steps) => new(
            PhotoId, GroupId, DateTimeOffset.FromUnixTimeMilliseconds(ReceivedAt),
            State ?? (IsDeletedWithoutFaces ? PhotoState.Processed : Outcome == InboxTable.Withdrawn ? PhotoState.Erased : PhotoState.Unprocessed),
            Error, Faces, Recognised, Uncertain, Recipients, Sent,
            Ended: State is PhotoState.Failed or PhotoState.Erased || Outcome == InboxTable.Withdrawn || IsDeletedWithoutFaces || (DistributedAt is not null && Open == 0),
            steps);
    }

    private sealed record StepRow
    {
        public string Step { get; init; } = "";

        public string Outcome { get; init; } = "";

        public string? Error { get; init; }

        public long EndedAt { get; init; }

        public PhotoStep ToStep() => new(Step, Outcome == "done", Error, DateTimeOffset.FromUnixTimeMilliseconds(EndedAt));
    }
}
