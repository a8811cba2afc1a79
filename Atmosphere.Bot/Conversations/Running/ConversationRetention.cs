using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Conversations.Reminders;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Conversations.Running;

internal static class ConversationRetention
{
    /// <summary>Nothing of a conversation lives for ever; settings in section <c>Atmosphere:Retention</c>.</summary>
    public static IServiceCollection AddConversationRetention(this IServiceCollection services)
    {
        services.AddCheckedOptions<ConversationRetentionOptions>(RetentionOptions.Section);
        services.AddSingleton<ITimeToLive, RegistrationsExpire>();
        services.AddSingleton<ITimeToLive, ChatsExpire>();
        services.AddSingleton<ITimeToLive, RepliesExpire>();
        services.AddSingleton<ITimeToLive, TurnsExpire>();
        return services;
    }
}
