using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

internal static class ChatGroupServices
{
    /// <summary>What is done with the news of chat groups.</summary>
    public static IServiceCollection AddChatGroups(this IServiceCollection services)
    {
        services.TryAddSingleton<CodeTable>();
        services.AddSingleton<GroupLinking>();
        services.AddSingleton<PrivateMessages>();
        services.AddHostedService<MembersAtStart>();
        return services.AddFlow(GroupsFlow.Table);
    }
}
