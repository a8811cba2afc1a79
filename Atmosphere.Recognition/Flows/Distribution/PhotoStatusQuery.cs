using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Reads what became of a photo from its rows.</summary>
internal static class PhotoStatusQuery
{
    public static async Task<PhotoStatus?> FindAsync(Session session, GroupId group, string sourceId)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT i.photo_id, i.media AS waiting, p.state, p.error, p.distributed_at,
                (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id) AS faces,
                (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id AND f.verdict = 'named') AS recognised,
                (SELECT COUNT(*) FROM faces f WHERE f.photo_id = p.id AND f.verdict = 'uncertain') AS uncertain,
                (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id) AS recipients,
                (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id AND d.state = 'sent') AS sent,
                (SELECT COUNT(*) FROM media_distributions d WHERE d.photo_id = p.id AND d.state IN ('pending', 'sending')) AS open
            FROM inbox i LEFT JOIN photos p ON p.id = i.photo_id
            WHERE i.group_id = @group AND i.source_id = @sourceId
            """,
            new { group, sourceId });
        return row is null || (row.State is null && row.Waiting is null) ? null : row.ToStatus();
    }

    private sealed record Row
    {
        public PhotoId PhotoId { get; init; }

        public string? Waiting { get; init; }

        public PhotoState? State { get; init; }

        public string? Error { get; init; }

        public int Faces { get; init; }

        public int Recognised { get; init; }

        public int Uncertain { get; init; }

        public int Recipients { get; init; }

        public int Sent { get; init; }

        public int Open { get; init; }

        public long? DistributedAt { get; init; }

        public PhotoStatus ToStatus() => new(
            PhotoId, State ?? PhotoState.Unprocessed, Error, Faces, Recognised, Uncertain, Recipients, Sent,
            Ended: State == PhotoState.Failed || (DistributedAt is not null && Open == 0));
    }
}
