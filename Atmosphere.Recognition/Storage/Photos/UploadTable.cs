using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of inbox that are uploads of stations: which of their images came in already.</summary>
internal static class UploadTable
{
    /// <summary>Remembers an image, once.</summary>
    /// <returns>The image that the station's key stands for: the given one, or that of an earlier request.</returns>
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

        // Another writer may have added it since it was looked for.
        return added > 0 ? image : await FindAsync(session, group, sourceId) ?? image;
    }

    /// <summary>Also of a photo that is kept for longer than the ids of the inbox.</summary>
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

    /// <summary>Hexadecimal SHA-256 of the file; null where it is not known any more.</summary>
    public string? Digest { get; init; }
}
