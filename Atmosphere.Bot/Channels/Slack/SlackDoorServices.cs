using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Storage;
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
        services.AddLifetimes(
            Lifetime.Of("slack requests", SlackRequestTable.DueAnswers, SlackInbox.AnswersLast),
            Lifetime.Of("slack requests", SlackRequestTable.Due, options => options.Inbox),

            // Slack goes on showing a home that was drawn once: as long as its row is there, it is drawn anew when somebody is forgotten.
            Lifetime.Of("slack requests", SlackHomeTable.Due, TimeSpan.FromDays(365)));
        return services.AddFlow(SlackFlow.Table);
    }
}
