using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Faces.Clustering;

public static class ClusteringServices
{
    /// <summary>Clusters of the faces that resemble nobody.</summary>
    public static IServiceCollection AddClustering(this IServiceCollection services) =>
        services.AddSingleton<GroupsInMemory>().AddSingleton<LeavingClusters>().AddSingleton<UnknownClusters>();
}
