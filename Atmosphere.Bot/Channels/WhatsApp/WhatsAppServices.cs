using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Bot.Channels.WhatsApp.Container;
using Atmosphere.Bot.Channels.WhatsApp.Conversations;
using Atmosphere.Bot.Channels.WhatsApp.Waha;
using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Settings;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>Registers the carriers of chat groups and their webhooks.</summary>
internal static class WhatsAppGroups
{
    public static IServiceCollection AddWhatsAppGroups(this IServiceCollection services)
    {
        services.AddCheckedOptions<GroupOptions>(GroupOptions.Section);
        services.AddSingleton<AuthorShares>();
        services.AddSingleton<GroupInbox>();
        // Kept as long as a repeated or late delivery is possible.
        services.AddLifetimes(
            Lifetime.Of("group events", GroupFileTable.Due, options => options.Inbox),
            Lifetime.Of("group events", GroupMembers.DueDepartures, options => options.Inbox));
        return services.AddWaha().AddConversationsOfTwilio().AddContainer();
    }

    /// <summary>Maps /whatsapp/waha, /whatsapp/twilio/conversations and /whatsapp/container.</summary>
    public static void MapWhatsAppGroups(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapWaha();
        endpoints.MapConversations();
        endpoints.MapContainer();
    }

    private static IServiceCollection AddWaha(this IServiceCollection services)
    {
        services.AddCheckedOptions<WahaOptions>(WahaOptions.Section);
        services.AddVendorClient(nameof(WahaApi));
        services.AddSingleton<WahaApi>();
        services.AddSingleton<WahaTrace>();
        services.AddSingleton<WahaReceipts>();
        services.AddSingleton<IWhatsAppProvider, WahaProvider>();
        services.AddSingleton<IGroupCarrier, WahaCarrier>();
        services.AddSingleton<IFileSource, WahaFiles>();
        return services;
    }

    private static IServiceCollection AddConversationsOfTwilio(this IServiceCollection services)
    {
        services.AddSingleton<IGroupCarrier, ConversationsCarrier>();
        return services;
    }

    private static IServiceCollection AddContainer(this IServiceCollection services)
    {
        services.AddCheckedOptions<ContainerOptions>(ContainerOptions.Section);
        services.AddSingleton<ContainerIntake>();
        services.AddSingleton<IGroupCarrier, ContainerCarrier>();
        return services;
    }
}
