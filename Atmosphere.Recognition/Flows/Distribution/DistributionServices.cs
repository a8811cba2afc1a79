using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Distribution;

public static class DistributionServices
{
    /// <summary>Adds the distribution of photos to parents; needs an <see cref="Outbound.IParents"/>.</summary>
    public static IServiceCollection AddDistribution(this IServiceCollection services) =>
        services
            .AddSingleton<Bursts>()
            .AddSingleton<DeliveryWishes>()
            .AddSingleton<IDeliveredPhotos, DeliveredPhotos>()
            .AddDistributionOptions()
            .AddFlow(DistributionFlow.Table);

    private static IServiceCollection AddDistributionOptions(this IServiceCollection services)
    {
        services.AddCheckedOptions<DistributionOptions>(DistributionOptions.Section);
        return services;
    }
}
