using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Naming;

public static class NamingServices
{
    /// <summary>Names on faces; needs the face engine, its collections, clusters and the questions.</summary>
    public static IServiceCollection AddNaming(this IServiceCollection services) =>
        services.AddSingleton<AssignNamesLater>().AddSingleton<DoubtfulNames>().AddSingleton<RematchPhotos>().AddSingleton<RevokeNames>();
}
