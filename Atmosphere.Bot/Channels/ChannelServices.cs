using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Channels.Doors;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels;

/// <summary>Everything that stands at a door.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PublicDoors>()
            .Configure(doors => (doors.OpenedBy, doors.PublicUrl) = (PublicDoors.Find(configuration), configuration[PublicDoors.Url]))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PublicDoors>>(new OptionsCheck<PublicDoors>(options => options.Problems()));
        services.AddSingleton<LoopbackDoor>();
        services.AddSingleton(provider => new ServerSecret(provider.GetRequiredService<Database>().Folder));
        services.AddSingleton<PictureLinks>();
        services.AddSingleton<IParents, Parents>();
        return services.AddDirectLine().AddBotFramework();
    }

    private static IServiceCollection AddDirectLine(this IServiceCollection services)
    {
        services.AddOptions<DirectLineOptions>().BindConfiguration(DirectLineOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DirectLineOptions>>(new OptionsCheck<DirectLineOptions>(options => options.Problems()));
        services.AddCors(cors => cors.AddPolicy(DirectLineEndpoints.CorsPolicy, AllowLoopback));
        services.AddSingleton<DirectLineActivities>();
        services.AddSingleton<DirectLineFeed>();
        services.AddSingleton<DirectLineTyping>();
        services.AddSingleton<DirectLineTokens>();
        services.AddSingleton<DirectLineReader>();
        services.AddSingleton<DirectLineInbox>();
        services.AddSingleton<DirectLineStream>();
        services.AddSingleton<IChannel, DirectLineChannel>();
        return services;
    }

    private static IServiceCollection AddBotFramework(this IServiceCollection services)
    {
        services.AddOptions<BotFrameworkOptions>().BindConfiguration(BotFrameworkOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BotFrameworkOptions>>(new OptionsCheck<BotFrameworkOptions>(options => options.Problems()));
        services.AddHttpClient();
        services.AddSingleton<SafeHttp>();
        services.AddSingleton<OpenIdKeys>();
        services.AddSingleton<RequestTokens>();
        services.AddSingleton<AppTokens>();
        services.AddSingleton<Connector>();
        services.AddSingleton<TypingSender>();
        services.AddSingleton<ReplyStore>();
        services.AddSingleton<ReplyPictures>();
        services.AddSingleton<ReplySender>();
        services.AddSingleton<AwaitedTurns>();
        services.AddSingleton<ExpectedReplies>();
        services.AddHostedService<ExpectedRepliesAtStart>();
        services.AddSingleton<BotFrameworkInbox>();
        services.AddSingleton<IFileSource, AttachmentSource>();
        services.AddSingleton<IChannel, BotFrameworkChannel>();
        return services;
    }

    private static void AllowLoopback(CorsPolicyBuilder policy) =>
        policy.SetIsOriginAllowed(LoopbackName.IsUrl).AllowAnyHeader().WithMethods("GET", "POST").SetPreflightMaxAge(TimeSpan.FromHours(1));

    private sealed class OptionsCheck<TOptions>(Func<TOptions, IEnumerable<string>> problems) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var found = problems(options).ToList();
            return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
        }
    }
}
