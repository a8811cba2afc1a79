using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>Registers the Slack webhooks and their steps.</summary>
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
            Lifetime.Of("slack requests", WebhookEventTable.DueAnswers, SlackInbox.AnswersLast),

            // Slack keeps showing a home once drawn: while its row exists, it is redrawn when a person is erased.
            Lifetime.Of("slack requests", SlackHomeTable.Due, TimeSpan.FromDays(365)));
        return services.AddFlow(SlackFlow.Table);
    }
}
