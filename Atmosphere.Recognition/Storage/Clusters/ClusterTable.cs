using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The tables clusters, cluster_faces and cluster_changes. Call <see cref="ChangedAsync"/> after changing them.</summary>
internal static class ClusterTable
{
    /// <summary>A number that grows with every change of the group's clusters.</summary>
    public static Task<long> VersionAsync(Session session, GroupId group) =>
        session.QuerySingleOrDefaultAsync<long>("SELECT version FROM cluster_versions WHERE group_id = @group", new { group });

    /// <summary>The faces of the group's open clusters with vectors of this model, in the order in which they joined.</summary>
    public static Task<IReadOnlyList<ClusterFaceRow>> FacesAsync(Session session, GroupId group, string model) =>
        session.QueryAsync<ClusterFaceRow>(
            """
            SELECT f.face_id, f.photo_id, f.cluster_id, c.founded_at, e.vector FROM cluster_faces f
            JOIN clusters c ON c.id = f.cluster_id
            JOIN embeddings e ON e.face_id = f.face_id AND e.model = @model
            WHERE f.group_id = @group
            ORDER BY f.joined_at, f.face_id
            """,
            new { group, model });

    /// <summary>The given faces that are in a cluster.</summary>
    public static Task<IReadOnlyList<FaceId>> KnownAsync(Session session, IEnumerable<FaceId> faces) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM cluster_faces WHERE face_id IN @faces", new { faces = Text(faces) });

    public static Task AddAsync(Session session, GroupId group, ClusterId cluster, DateTimeOffset now) =>
        session.ExecuteAsync(
            "INSERT INTO clusters (id, group_id, state, faces, founded_at, changed_at) VALUES (@cluster, @group, 'open', 0, @at, @at)",
            new { cluster, group, at = now.ToUnixTimeMilliseconds() });

    /// <summary>The cluster that a cluster was merged into. A cluster that ended is reopened under its id.</summary>
    public static async Task<ClusterId> ReopenAsync(Session session, GroupId group, ClusterId cluster, DateTimeOffset now)
    {
        var into = await session.QueryAsync<string>(
            "SELECT merged_into FROM clusters WHERE id = @cluster AND state = 'merged' AND merged_into IS NOT NULL", new { cluster });
        var open = into.Count > 0 ? new ClusterId(into[0]) : cluster;
        _ = await session.ExecuteAsync(
            """
            INSERT INTO clusters (id, group_id, state, faces, founded_at, changed_at) VALUES (@open, @group, 'open', 0, @at, @at)
            ON CONFLICT (id) DO NOTHING
            """,
            new { open, group, at = now.ToUnixTimeMilliseconds() });
        return open;
    }

    /// <summary>Adds a face to a cluster, unless it is in a cluster already or its vector was deleted meanwhile.</summary>
    public static Task JoinAsync(Session session, GroupId group, ClusterId cluster, FaceId face, PhotoId photo, DateTimeOffset now) =>
        session.ExecuteAsync(
            """
            INSERT INTO cluster_faces (face_id, cluster_id, group_id, photo_id, joined_at)
            SELECT face_id, @cluster, @group, @photo, @at FROM embeddings WHERE face_id = @face
            ON CONFLICT (face_id) DO NOTHING
            """,
            new { cluster, group, face, photo, at = now.ToUnixTimeMilliseconds() });

    /// <summary>Moves the remaining faces of one cluster to another.</summary>
    public static async Task MergeAsync(Session session, ClusterId stays, ClusterId gone)
    {
        _ = await session.ExecuteAsync("UPDATE cluster_faces SET cluster_id = @stays WHERE cluster_id = @gone", new { stays, gone });
        _ = await session.ExecuteAsync(
            "UPDATE clusters SET state = 'merged', merged_into = @stays WHERE id = @gone OR merged_into = @gone", new { stays, gone });
    }

    /// <summary>Moves faces from one cluster to another. A face that left the cluster meanwhile is not moved.</summary>
    public static Task MoveAsync(Session session, ClusterId from, ClusterId to, IEnumerable<FaceId> faces) =>
        session.ExecuteAsync(
            "UPDATE cluster_faces SET cluster_id = @to WHERE cluster_id = @from AND face_id IN @faces", new { from, to, faces = Text(faces) });

    /// <summary>Removes faces from their clusters.</summary>
    /// <returns>The affected clusters with their groups.</returns>
    public static async Task<IReadOnlyList<ClusterOfGroup>> RemoveAsync(Session session, IReadOnlyCollection<FaceId> faces)
    {
        var clusters = await session.QueryAsync<ClusterOfGroup>(
            "SELECT DISTINCT group_id, cluster_id FROM cluster_faces WHERE face_id IN @faces", new { faces = Text(faces) });
        _ = await session.ExecuteAsync("DELETE FROM cluster_faces WHERE face_id IN @faces", new { faces = Text(faces) });
        return clusters;
    }

    /// <summary>Records a change of a cluster.</summary>
    /// <param name="kind">founded, merged, split or moved.</param>
    public static Task RecordAsync(Session session, GroupId group, string kind, ClusterId cluster, ClusterId? other, DateTimeOffset now) =>
        session.ExecuteAsync(
            "INSERT INTO cluster_changes (group_id, kind, cluster_id, other_id, at) VALUES (@group, @kind, @cluster, @other, @at)",
            new { group, kind, cluster, other, at = now.ToUnixTimeMilliseconds() });

    /// <summary>Recounts the faces and increments the version. A cluster without faces ends; its id is not reused.</summary>
    public static async Task ChangedAsync(Session session, GroupId group, IEnumerable<ClusterId> clusters, DateTimeOffset now)
    {
        _ = await session.ExecuteAsync(
            """
            UPDATE clusters SET
                faces = (SELECT COUNT(*) FROM cluster_faces f WHERE f.cluster_id = clusters.id),
                state = CASE WHEN state = 'merged' THEN state
                    WHEN EXISTS (SELECT 1 FROM cluster_faces f WHERE f.cluster_id = clusters.id) THEN 'open' ELSE 'gone' END,
                changed_at = @at
            WHERE id IN @clusters
            """,
            new { clusters = clusters.Select(cluster => cluster.Value).Distinct(), at = now.ToUnixTimeMilliseconds() });
        _ = await session.ExecuteAsync(
            """
            INSERT INTO cluster_versions (group_id, version) VALUES (@group, 1)
            ON CONFLICT (group_id) DO UPDATE SET version = cluster_versions.version + 1
            """,
            new { group });
    }

    private static IEnumerable<string> Text(IEnumerable<FaceId> faces) => faces.Select(face => face.Value);

    /// <summary>The history of clusters, which is kept so that an old cluster id can be resolved.</summary>
    public static DueRows DueChanges { get; } = new("cluster_changes", "at <= @before");

    /// <summary>Ended clusters without faces.</summary>
    public static DueRows Due { get; } = new(
        "clusters", "state <> 'open' AND changed_at <= @before AND NOT EXISTS (SELECT 1 FROM cluster_faces f WHERE f.cluster_id = clusters.id)");

    /// <summary>Faces in clusters that have no vector any more.</summary>
    public static Task<IReadOnlyList<FaceId>> WithoutVectorAsync(Session session) =>
        session.QueryAsync<FaceId>(
            "SELECT f.face_id FROM cluster_faces f WHERE NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.face_id = f.face_id)");

    /// <summary>The cluster of a face; null if it is in none.</summary>
    public static Task<ClusterId?> OfFaceAsync(Session session, FaceId face) =>
        session.QuerySingleOrDefaultAsync<ClusterId?>("SELECT cluster_id FROM cluster_faces WHERE face_id = @face", new { face });

    /// <summary>The number of photos with a face of the cluster.</summary>
    public static Task<int> PhotosAsync(Session session, ClusterId cluster) =>
        session.QuerySingleOrDefaultAsync<int>("SELECT COUNT(DISTINCT photo_id) FROM cluster_faces WHERE cluster_id = @cluster", new { cluster });

    /// <summary>The unnamed faces of a cluster in the order in which they joined.</summary>
    public static Task<IReadOnlyList<FaceId>> UnnamedAsync(Session session, ClusterId cluster) =>
        session.QueryAsync<FaceId>(
            $"""
            SELECT f.face_id FROM cluster_faces f JOIN faces s ON s.id = f.face_id AND s.{Rules.FaceIsUnnamed}
            WHERE f.cluster_id = @cluster ORDER BY f.joined_at, f.face_id
            """,
            new { cluster });

    /// <summary>All faces of the face's cluster, including the face.</summary>
    public static Task<IReadOnlyList<FaceId>> WithAsync(Session session, FaceId face) =>
        session.QueryAsync<FaceId>(
            "SELECT face_id FROM cluster_faces WHERE cluster_id = (SELECT cluster_id FROM cluster_faces WHERE face_id = @face)", new { face });

    public static Task<IReadOnlyList<FaceId>> OfPhotoAsync(Session session, PhotoId photo) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM cluster_faces WHERE photo_id = @photo", new { photo });
}

internal sealed record ClusterFaceRow
{
    public FaceId FaceId { get; init; }

    public PhotoId PhotoId { get; init; }

    public ClusterId ClusterId { get; init; }

    public long FoundedAt { get; init; }

    public byte[] Vector { get; init; } = [];
}

internal sealed record ClusterOfGroup
{
    public GroupId GroupId { get; init; }

    public ClusterId ClusterId { get; init; }
}
