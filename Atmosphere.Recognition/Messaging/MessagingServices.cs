using Atmosphere.Recognition.Messaging.Embedded;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Settings;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Recognition.Messaging;

public static class MessagingServices
{
    /// <summary>
    /// Adds queues, their workers and timers. Settings: <c>Atmosphere:Messaging</c>, <c>Atmosphere:Pipeline</c>, <c>Atmosphere:Timers</c>.
    /// </summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddCheckedOptions<MessagingOptions>(MessagingOptions.Section);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<FlowTables>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<QueueCounters>();
        services.AddSingleton<QueueGauges>();
        services.AddSingleton<Queues>();
        services.AddSingleton(provider => new DeadLetters(
            provider.GetRequiredService<FlowTables>(),
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<IOutbox>(),
            provider.GetRequiredService<MessageTable>(),
            provider.GetRequiredService<QueueSignals>(),
            provider.GetServices<IBeforeReplay>()));
        services.AddEmbeddedQueues();
        services.AddHostedService<TimerService>();
        return services;
    }

    /// <summary>Adds a flow: the container creates its steps, and its queues are read once the program has started.</summary>
    public static IServiceCollection AddFlow(this IServiceCollection services, FlowTable table)
    {
        services.AddSingleton(table);
        foreach (var row in table.Steps)
            services.TryAddTransient(row.StepType);
        return services;
    }
}
