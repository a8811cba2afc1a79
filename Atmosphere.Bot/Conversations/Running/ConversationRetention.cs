using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Conversations.Reminders;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Conversations.Running;

internal static class ConversationRetention
{
    /// <summary>Adds the retention of conversations; settings in section <c>Atmosphere:Retention</c>.</summary>
    public static IServiceCollection AddConversationRetention(this IServiceCollection services)
    {
        services.AddCheckedOptions<ConversationRetentionOptions>(RetentionOptions.Section);
        services.AddSingleton<ITimeToLive, RegistrationsExpire>();
        services.AddSingleton<ITimeToLive, ChatsExpire>();
        return services.AddLifetimes(
            Lifetime.Of<ConversationRetentionOptions>("replies", ReplyStore.DueUndelivered, options => options.UndeliveredReplies),
            Lifetime.Of<ConversationRetentionOptions>("replies", ReplyStore.DueDelivered, options => options.Replies),
            Lifetime.Of("replies", ReplyStore.Due, options => options.Inbox),
            Lifetime.Of("turns", TurnTable.Due, options => options.Inbox),
            Lifetime.Of("mentions", MentionTable.Due, TimeSpan.FromDays(1)));
    }
}
