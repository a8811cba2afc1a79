using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Notices;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>What speaks to Slack.</summary>
internal static class SlackServices
{
    public static IServiceCollection AddSlackCalls(this IServiceCollection services)
    {
        services.AddOptions<SlackOptions>().BindConfiguration(SlackOptions.Section).CheckedAtStart(options => options.Problems());
        // No redirect: the token is for Slack alone. No log: the addresses of uploads and answers are secrets.
        services.AddHttpClient(nameof(SlackApi)).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddSingleton<SlackApi>();
        services.AddSingleton<SlackPictures>();
        services.AddSingleton<SlackHistory>();
        services.AddSingleton<SlackPeople>();
        services.AddSingleton<IColleagues, SlackColleagues>();
        return services;
    }
}
