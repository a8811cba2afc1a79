using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>What speaks to Slack.</summary>
internal static class SlackServices
{
    public static IServiceCollection AddSlackCalls(this IServiceCollection services)
    {
        services.AddOptions<SlackOptions>().BindConfiguration(SlackOptions.Section).CheckedAtStart(options => options.Problems());
        // No log: the addresses of uploads and answers are secrets.
        services.AddVendorClient(nameof(SlackApi)).RemoveAllLoggers();
        services.AddSingleton<SlackApi>();
        services.AddSingleton<SlackPictures>();
        services.AddSingleton<SlackHistory>();
        services.AddSingleton<SlackPeople>();
        services.AddSingleton<IColleagues, SlackColleagues>();
        return services;
    }
}
