using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Operations;

public static class OperationsServices
{
    /// <summary>Adds the operators' actions, which also work beside a running server.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<RestartPhoto>();
        services.AddSingleton<IBeforeReplay, RestartBeforeReplay>();
        services.AddSingleton<IBeforeReplay, ReopenFaces>();
        services.AddSingleton(provider => new OperatorPhotos(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<IMediaStore>(),
            provider.GetRequiredService<DeadLetters>(),
            provider.GetRequiredService<IOutbox>(),
            provider.GetRequiredService<RestartPhoto>()));
        services.AddSingleton(provider => new OperatorDeliveries(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<IMediaStore>(), provider.GetRequiredService<IOutbox>()));
        return services;
    }
}
