using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Atmosphere.Bot.Tests.Faces.Clustering;

/// <summary>The rules on faces that are points of a circle: 20 degrees are a distance of 0.347, just too far to be one person.</summary>
public sealed class ClusterSpaceTests
{
    private readonly List<OpenCluster> _clusters = [];
    private int _face;
    private int _photo;

    [Theory]
    [InlineData(0, 15, "0 15")] // near: joins
    [InlineData(0, 19, "0 19")]
    [InlineData(0, 20, "0|20")] // too far: founds
    [InlineData(0, 90, "0|90")]
    public void A_face_joins_the_cluster_it_is_near_to_or_founds_its_own(int first, int second, string expected)
    {
        Photo(first);
        Photo(second);
        Assert.Equal(expected, Clusters());
    }

    [Fact]
    public void It_joins_the_nearest_of_two()
    {
        Photo(0);
        Photo(30);
        Assert.IsType<ClusterChange.Joined>(Assert.Single(Photo(18)));
        Assert.Equal("0|18 30", Clusters());
    }

    [Fact]
    public void Clusters_that_have_become_one_merge_and_the_older_id_survives()
    {
        Photo(0);
        Photo(22);
        var (older, younger) = (_clusters[0].Id, _clusters[1].Id);
        var changes = Photo(11);
        Assert.Equal("0 11 22", Clusters());
        Assert.Equal(new ClusterChange.Merged(older, younger), Assert.Single(changes.OfType<ClusterChange.Merged>()));
        Assert.Equal(older, _clusters.Single().Id);
    }

    [Fact]
    public void A_cluster_that_does_not_hold_together_any_more_splits_and_the_larger_part_keeps_the_id()
    {
        foreach (var degrees in (int[])[0, 0, 0, 19])
            Photo(degrees);
        var cluster = _clusters.Single().Id;

        // It shows to whom 19 belongs.
        var split = Assert.Single(Photo(22).OfType<ClusterChange.Split>());
        Assert.Equal("0 0 0|19 22", Clusters());
        Assert.Equal("0 0 0", Text(_clusters.Single(one => one.Id == cluster)));
        Assert.Equal("19 22", Text(_clusters.Single(one => one.Id == split.New)));
    }

    [Fact]
    public void A_face_that_turns_out_to_belong_to_another_cluster_moves_there_and_both_ids_stay()
    {
        Photo(0);
        Photo(18);
        Photo(34);
        Assert.Equal("0|18 34", Clusters());
        Assert.Single(Photo(1));
        Assert.Equal("0 1|18 34", Clusters());
    }

    [Fact]
    public void Faces_of_one_photo_never_join_the_same_cluster_and_the_surest_goes_first()
    {
        Photo(0);
        Photo(6, 3);
        Assert.Equal("0 3|6", Clusters());
    }

    [Fact]
    public void Two_who_look_alike_and_are_always_seen_together_stay_two()
    {
        for (var photo = 0; photo < 60; photo++)
            Photo(photo % 3, 12 + (photo % 3));
        Assert.Equal([60, 60], _clusters.Select(cluster => cluster.Faces.Count));
        Assert.All(_clusters, cluster => Assert.Equal(60, cluster.Faces.Select(face => face.Photo).Distinct().Count()));
    }

    [Fact]
    public void One_who_hangs_on_the_wall_of_a_single_photo_is_still_one_cluster()
    {
        for (var photo = 0; photo < 30; photo++)
            Photo(photo == 3 ? [4, 5] : [photo % 9]);
        Assert.Single(_clusters);
    }

    [Property(MaxTest = 100)]
    public Property The_same_faces_in_any_order_make_the_same_clusters()
    {
        int[] faces = [0, 4, 9, 17, 29, 33, 40, 58, 60, 66, 71, 90, 95, 140, 141, 160];
        var sorted = ClustersOf(faces);
        return Prop.ForAll(Gen.Shuffle(faces).ToArbitrary(), order => Assert.Equal(sorted, ClustersOf(order)));
    }

    /// <summary>Children at 60 degrees from each other, each seen up to eight times within 15 degrees.</summary>
    [Property(MaxTest = 200)]
    public Property Whoever_looks_like_nobody_else_is_one_cluster_however_often_and_in_whatever_order_they_are_seen()
    {
        var child = Gen.Choose(0, 15).NonEmptyListOf().Select(seen => seen.Distinct().Take(8).ToArray());
        var sample =
            from seen in child.ArrayOf(5)
            from order in Gen.Shuffle(seen.SelectMany((angles, number) => angles.Select(angle => (60 * number) + angle)).ToArray())
            select (seen, order);
        return Prop.ForAll(sample.ToArbitrary(), one => Assert.Equal(
            one.seen.Select((angles, number) => string.Join(' ', angles.Order().Select(angle => (60 * number) + angle))).Order(StringComparer.Ordinal),
            ClustersOf(one.order).Split('|')));
    }

    private IReadOnlyList<ClusterChange> Photo(params int[] degrees)
    {
        var photo = new PhotoId($"{_photo++}");
        var space = new ClusterSpace(_clusters, _photo);
        space.Add([.. degrees.Select(angle => new ClusterFace(new FaceId($"{_face++}:{angle}"), photo, At(angle)))]);
        var changed = space.Clusters.ToList();
        _clusters.Clear();
        _clusters.AddRange(changed);
        return space.Changes;
    }

    private string ClustersOf(IEnumerable<int> faces)
    {
        _clusters.Clear();
        foreach (var face in faces)
            Photo(face);
        return Clusters();
    }

    private string Clusters() => string.Join('|', _clusters.Select(Text).Order(StringComparer.Ordinal));

    private static string Text(OpenCluster cluster) =>
        string.Join(' ', cluster.Faces.Select(face => int.Parse(face.Face.Value.Split(':')[1])).Order());

    private static Embedding At(float degrees)
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        return Embedding.FromValues([cos, sin]);
    }
}
