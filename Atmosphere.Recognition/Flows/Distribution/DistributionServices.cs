using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Distribution;

public static class DistributionServices
{
    /// <summary>Photos of groups in, photos to parents out; needs an <see cref="Notices.IParents"/>.</summary>
    public static IServiceCollection AddDistribution(this IServiceCollection services) =>
        services.AddSingleton<GroupPhotos>().AddFlow(DistributionFlow.Table);
}
