using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Uploads of stations in the table inbox, to detect repeated uploads.</summary>
internal static class UploadTable
{
    /// <summary>Records an image, once.</summary>
    /// <returns>The image of the station's key: the given one, or that of an earlier request.</returns>
    public static async Task<UploadedImage> AddAsync(
        Session session, GroupId group, ClientId client, string sourceId, UploadedImage image, DateTimeOffset now)
    {
        if (await FindAsync(session, group, sourceId) is { } earlier)
            return earlier;

        var added = await session.ExecuteAsync(
            """
            INSERT INTO inbox (group_id, source_id, photo_id, client_id, digest, received_at)
            VALUES (@group, @sourceId, @PhotoId, @client, @Digest, @at)
            ON CONFLICT (group_id, source_id) DO NOTHING
            """,
            new { group, sourceId, image.PhotoId, client, image.Digest, at = now.ToUnixTimeMilliseconds() });

        // Another writer may have added it since the lookup.
        return added > 0 ? image : await FindAsync(session, group, sourceId) ?? image;
    }

    /// <summary>Also finds a photo that outlives its inbox entry.</summary>
    public static Task<UploadedImage?> FindAsync(Session session, GroupId group, string sourceId) =>
        session.QuerySingleOrDefaultAsync<UploadedImage>(
            """
            SELECT photo_id, digest FROM inbox WHERE group_id = @group AND source_id = @sourceId
            UNION ALL
            SELECT id, NULL FROM photos WHERE group_id = @group AND source_id = @sourceId
                AND NOT EXISTS (SELECT 1 FROM inbox WHERE group_id = @group AND source_id = @sourceId)
            """,
            new { group, sourceId });
}

internal sealed record UploadedImage
{
    public PhotoId PhotoId { get; init; }

    /// <summary>Hexadecimal SHA-256 of the file; null if no longer known.</summary>
    public string? Digest { get; init; }
}
