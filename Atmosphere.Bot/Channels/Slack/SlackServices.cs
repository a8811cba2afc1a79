using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>Registers the client of Slack's API.</summary>
internal static class SlackServices
{
    public static IServiceCollection AddSlackCalls(this IServiceCollection services)
    {
        services.AddCheckedOptions<SlackOptions>(SlackOptions.Section);
        // No logging: upload and response_url addresses are secret.
        services.AddVendorClient(nameof(SlackApi)).RemoveAllLoggers();
        services.AddSingleton<SlackApi>();
        services.AddSingleton<SlackPictures>();
        services.AddSingleton<SlackHistory>();
        services.AddSingleton<SlackPeople>();
        services.AddSingleton<IColleagues, SlackColleagues>();
        return services;
    }
}
