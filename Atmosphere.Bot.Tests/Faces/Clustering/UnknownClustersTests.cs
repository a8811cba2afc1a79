using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;

namespace Atmosphere.Bot.Tests.Faces.Clustering;

/// <summary>Clusters as rows: what is planned outside a transaction and written inside.</summary>
public sealed class UnknownClustersTests : IAsyncLifetime
{
    private static readonly GroupId _group = RecognitionHost.Class;
    private readonly DateTimeOffset _now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private RecognitionHost _host = null!;
    private int _photo;

    private UnknownClusters Unknown => _host.Get<UnknownClusters>();

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_person_in_many_photos_is_one_cluster_that_counts_its_faces()
    {
        for (var i = 0; i < 6; i++)
            await PhotoAsync(("ann", 0.1f), ("ben", 0.1f));
        Assert.Equal("open 6, open 6", await ClustersAsync());
        Assert.Equal(["founded", "founded"], await ChangesAsync());
        Assert.Equal(2, await _host.ScalarAsync<int>("SELECT COUNT(DISTINCT cluster_id) FROM cluster_faces"));
    }

    [Fact]
    public async Task A_plan_that_is_not_written_leaves_no_trace()
    {
        await PhotoAsync(("ann", 0.1f));
        _ = await PlanAsync(new PhotoId("in vain"), ("ann", 0.1f));
        await PhotoAsync(("ann", 0.1f));
        Assert.Equal("open 2", await ClustersAsync());
    }

    [Fact]
    public async Task The_same_photo_planned_again_changes_nothing()
    {
        var photo = await PhotoAsync(("ann", 0.1f));
        var faces = await _host.Database.ReadAsync(session => session.QueryAsync<FaceId>("SELECT face_id FROM embeddings"));
        var again = await Unknown.PlanAsync(
            _group, photo, [.. faces.Select(face => new UnknownFace(face, Contracts.Faces.Of("ann"), FaceVerdict.Good))], default);
        Assert.Empty(again.Changes);
    }

    [Fact]
    public async Task Merged_and_split_clusters_keep_their_rows_and_say_where_their_faces_are()
    {
        var face = Contracts.Faces.Of("ann");
        await AddAsync(face);
        await AddAsync(Contracts.Faces.Near(face, 0.36f));
        await AddAsync(Contracts.Faces.Near(face, 0.18f));
        Assert.Equal("merged 0, open 3", await ClustersAsync());
        Assert.Equal(["founded", "founded", "merged"], await ChangesAsync());
        Assert.Equal(
            await _host.ScalarAsync<string>("SELECT id FROM clusters WHERE state = 'open'"),
            await _host.ScalarAsync<string>("SELECT merged_into FROM clusters WHERE state = 'merged'"));
    }

    [Fact]
    public async Task A_face_that_gets_a_person_leaves_and_an_emptied_cluster_is_gone()
    {
        await PhotoAsync(("ann", 0.1f));
        await PhotoAsync(("ann", 0.1f));
        await LeaveAsync("SELECT face_id FROM cluster_faces LIMIT 1");
        Assert.Equal("open 1", await ClustersAsync());
        await LeaveAsync("SELECT face_id FROM cluster_faces");
        Assert.Equal("gone 0", await ClustersAsync());
        await LeaveAsync("SELECT face_id FROM embeddings");
        Assert.Equal("gone 0", await ClustersAsync());

        await PhotoAsync(("ann", 0.1f));
        Assert.Equal("gone 0, open 1", await ClustersAsync());
    }

    [Fact]
    public async Task Faces_that_leave_between_plan_and_writing_do_not_come_back()
    {
        await PhotoAsync(("ann", 0.1f));
        var plan = await PlanAsync(new PhotoId("late"), ("ann", 0.1f));
        await LeaveAsync("SELECT face_id FROM cluster_faces");
        await _host.ExecuteAsync("DELETE FROM embeddings WHERE photo_id = 'p0'");
        await _host.Database.WriteAsync(session => plan.ApplyAsync(session, _now));
        Assert.Equal("open 1", await ClustersAsync());
        Assert.Equal("late", await _host.ScalarAsync<string>("SELECT photo_id FROM cluster_faces"));

        await PhotoAsync(("ann", 0.1f));
        Assert.Equal("open 2", await ClustersAsync());
    }

    [Fact]
    public async Task A_face_that_is_erased_between_plan_and_writing_joins_nothing()
    {
        var plan = await PlanAsync(new PhotoId("late"), ("ann", 0.1f));
        await _host.ExecuteAsync("DELETE FROM embeddings");
        await _host.Database.WriteAsync(session => plan.ApplyAsync(session, _now));
        Assert.Equal("gone 0", await ClustersAsync());
    }

    [Fact]
    public async Task A_face_that_is_too_poor_joins_no_cluster()
    {
        var plan = await Unknown.PlanAsync(
            _group, new PhotoId("p"), [new UnknownFace(FaceId.New(), Contracts.Faces.Of("ann"), FaceVerdict.Reject)], default);
        Assert.Empty(plan.Changes);
    }

    [Fact]
    public async Task Groups_do_not_see_each_others_clusters()
    {
        await PhotoAsync(("ann", 0.1f));
        await AddAsync(Contracts.Faces.Of("ann"), new GroupId("other"));
        Assert.Equal("open 1, open 1", await ClustersAsync());
    }

    [Fact]
    public async Task Ids_are_the_same_after_a_restart()
    {
        await PhotoAsync(("ann", 0.1f), ("ben", 0.1f));
        var before = await _host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT id FROM clusters ORDER BY id"));
        await _host.StopAsync();
        _host = await RecognitionHost.StartAsync(workers: false, folder: _host.Folder);
        await PhotoAsync(("ben", 0.1f), ("ann", 0.1f));

        Assert.Equal("open 2, open 2", await ClustersAsync());
        Assert.Equal(before, await _host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT id FROM clusters ORDER BY id")));
    }

    private async Task<PhotoId> PhotoAsync(params (string Person, float Distance)[] faces)
    {
        var photo = new PhotoId($"p{_photo++}");
        var plan = await PlanAsync(photo, faces);
        await _host.Database.WriteAsync(session => plan.ApplyAsync(session, _now));
        return photo;
    }

    private Task<ClusterPlan> PlanAsync(PhotoId photo, params (string Person, float Distance)[] faces) =>
        PlanAsync(_group, photo, faces.Select(face => Contracts.Faces.Near(Contracts.Faces.Of(face.Person), face.Distance, $"{photo}")));

    private async Task AddAsync(Embedding face, GroupId? group = null)
    {
        var plan = await PlanAsync(group ?? _group, new PhotoId($"p{_photo++}"), [face]);
        await _host.Database.WriteAsync(session => plan.ApplyAsync(session, _now.AddSeconds(_photo)));
    }

    private async Task<ClusterPlan> PlanAsync(GroupId group, PhotoId photo, IEnumerable<Embedding> embeddings)
    {
        var faces = embeddings.Select(embedding => new UnknownFace(FaceId.New(), embedding, FaceVerdict.Good)).ToList();
        foreach (var face in faces)
        {
            await _host.Database.WriteAsync(session => session.ExecuteAsync(
                "INSERT INTO embeddings (face_id, photo_id, model, vector, mirror_distance) VALUES (@Face, @photo, @model, @vector, 0)",
                new { face.Face, photo, model = _host.Get<IFaceEngine>().Model, vector = face.Embedding.ToBytes() }));
        }

        return await Unknown.PlanAsync(group, photo, faces, default);
    }

    private Task LeaveAsync(string faces) => _host.Database.WriteAsync(async session =>
        await Unknown.LeaveAsync(session, [.. await session.QueryAsync<FaceId>(faces)], _now));

    private async Task<string> ClustersAsync() => string.Join(", ", await _host.Database.ReadAsync(
        session => session.QueryAsync<string>("SELECT state || ' ' || faces FROM clusters ORDER BY state, faces")));

    private Task<IReadOnlyList<string>> ChangesAsync() =>
        _host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT kind FROM cluster_changes ORDER BY number"));
}
