using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Recognition.Messaging;

public static class MessagingServices
{
    /// <summary>Queues and their workers; settings in sections <c>Atmosphere:Messaging</c> and <c>Atmosphere:Pipeline</c>.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section).CheckedAtStart(options => options.Problems());
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<FlowTables>();
        services.AddSingleton<StepRunner>();
        services.AddEmbeddedQueues();
        return services;
    }

    /// <summary>Adds a diagram: its steps are created by the container, its queues are read from the start of the program.</summary>
    public static IServiceCollection AddFlow(this IServiceCollection services, FlowTable table)
    {
        services.AddSingleton(table);
        foreach (var row in table.Steps)
            services.TryAddTransient(row.StepType);
        return services;
    }
}
