using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Recognition.Settings;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

internal static class BotFrameworkServices
{
    public static IServiceCollection AddBotFramework(this IServiceCollection services)
    {
        services.AddCheckedOptions<BotFrameworkOptions>(BotFrameworkOptions.Section);
        services.AddHttpClient();
        // One client reads the signing keys for the lifetime of the program: its connections are renewed, its handler is not.
        services.AddHttpClient(SignIn.Client).RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        services.AddSingleton<SafeHttp>();
        services.AddSingleton<SignIn>();
        services.AddSingleton(Authentication);
        services.AddSingleton<TokenGate>();
        services.AddSingleton<ChatRates>();
        services.AddSingleton<ChannelAdapter>();
        services.AddSingleton<InboxBot>();
        services.AddSingleton<BotFrameworkInbox>();
        services.AddSingleton<Connector>();
        services.AddSingleton<TypingSender>();
        services.AddSingleton<ReplyPictures>();
        services.AddSingleton<IReplyCarrier, BotFrameworkCarrier>();
        services.AddSingleton<AwaitedTurns>();
        services.AddSingleton<ExpectedReplies>();
        services.AddHostedService<ExpectedRepliesAtStart>();
        services.AddHostedService<FirstTurnAtStart>();
        services.AddSingleton<IFileSource, AttachmentSource>();
        services.AddSingleton<IChannel, BotFrameworkChannel>();
        return services;
    }

    /// <summary>The SDK's token rules with the configured addresses.</summary>
    private static BotFrameworkAuthentication Authentication(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<BotFrameworkOptions>>().Value;
        return BotFrameworkAuthenticationFactory.Create(
            channelService: null,
            validateAuthority: false,
            toChannelFromBotLoginUrl: options.LoginUrl,
            toChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
            toBotFromChannelTokenIssuer: options.TokenIssuer,
            oAuthUrl: AuthenticationConstants.OAuthUrl,
            toBotFromChannelOpenIdMetadataUrl: options.OpenIdMetadataUrl,
            toBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
            callerId: CallerIdConstants.PublicAzureChannel,
            provider.GetRequiredService<SignIn>(),
            new AuthenticationConfiguration(),
            provider.GetRequiredService<SafeHttp>(),
            logger: null);
    }
}
