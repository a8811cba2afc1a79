using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;

namespace Atmosphere.Bot.Tests.Faces;

public sealed class ClustersTests
{
    [Fact]
    public void Faces_of_one_person_share_a_cluster_and_those_of_others_do_not() =>
        Assert.Equal([0, 1, 0, 1, 2], Clusters.Of([At(0), At(90), At(5), At(93), At(180)]));

    [Fact]
    public void A_chain_of_similar_faces_does_not_pull_everybody_together()
    {
        var chain = Enumerable.Range(0, 12).Select(step => At(step * 15)).ToArray();
        Assert.True(Clusters.Of(chain).Distinct().Count() >= 4);
    }

    [Fact]
    public void No_faces_have_no_clusters() => Assert.Empty(Clusters.Of([]));

    private static Embedding At(float degrees)
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        return Embedding.FromValues([cos, sin]);
    }
}
