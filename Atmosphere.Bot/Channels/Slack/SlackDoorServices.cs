using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>What Slack tells us, and what we answer.</summary>
internal static class SlackDoorServices
{
    public static IServiceCollection AddSlackDoors(this IServiceCollection services)
    {
        services.AddSingleton<SlackDoor>();
        services.AddSingleton<SlackInbox>();
        services.AddSingleton<ChannelMembers>();
        services.AddSingleton<PromptMembers>();
        services.AddSingleton<EventTaking>();
        services.AddSingleton<SlackWebhook>();
        services.AddSingleton<TagVotes>();
        services.AddSingleton<HomePages>();
        services.AddSingleton<IPersonalPlaces, HomesForget>();
        services.AddSingleton<NewPersonForm>();
        services.AddSingleton<PersonOptions>();
        services.AddSingleton<CommandTaking>();
        services.AddSingleton<CommandAnswers>();
        services.AddSingleton<ITimeToLive, SlackRequestsExpire>();
        return services.AddFlow(SlackFlow.Table);
    }
}
