using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Faces.Clustering;

public static class ClusteringServices
{
    /// <summary>Adds the clustering of unidentified faces.</summary>
    public static IServiceCollection AddClustering(this IServiceCollection services) =>
        services.AddSingleton<GroupsInMemory>().AddSingleton<LeavingClusters>().AddSingleton<UnknownClusters>();
}
