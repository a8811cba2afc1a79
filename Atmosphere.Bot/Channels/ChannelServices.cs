using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Channels.Mail;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Channels.Slack;
using Atmosphere.Bot.Channels.Stations;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Channels.WhatsApp;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Settings;
using Atmosphere.Recognition.Storage;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Atmosphere.Bot.Channels;

/// <summary>Everything that stands at a door.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<PublicDoors>(PublicDoors.Section).Configure(doors => doors.OpenedBy = PublicDoors.Find(configuration));
        services.AddSingleton<LoopbackDoor>();
        services.AddSingleton<Visitors>();
        services.AddSingleton(provider => new ServerSecret(provider.GetRequiredService<Database>().Folder));
        services.AddSingleton(provider => new SignedBodies(provider.GetRequiredService<Database>().Folder, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PictureLinks>();
        services.AddSingleton<SmallPictures>();
        services.AddSingleton<IParents, Parents>();
        services.AddSingleton<MailLinks>();
        services.AddSingleton<MailTexts>();
        services.AddSingleton<IMailTexts>(provider => provider.GetRequiredService<MailTexts>());
        return services.AddReplies().AddDirectLine().AddBotFramework().AddTwilio(configuration).AddWhatsApp().AddStations().AddSlack().AddSlackDoors().AddWhatsAppGroups();
    }

    private static IServiceCollection AddDirectLine(this IServiceCollection services)
    {
        services.AddCheckedOptions<DirectLineOptions>(DirectLineOptions.Section);
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

    private static IServiceCollection AddReplies(this IServiceCollection services)
    {
        services.AddSingleton<ReplyStore>();
        services.AddSingleton<ReplySender>();
        services.AddSingleton<AnswersFirst>();
        services.AddSingleton<ISentNotices, SentNotices>();
        return services;
    }

    private static IServiceCollection AddTwilio(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<TwilioOptions>(TwilioOptions.Section)
            .PostConfigure(options => options.PublicUrl ??= options.HasAccount ? configuration[PublicDoors.Url] : null);
        services.AddSingleton<TwilioDoor>();
        services.AddSingleton<SenderRates>();
        services.AddSingleton<TwilioInbox>();
        services.AddSingleton<TwilioMedia>();
        services.AddSingleton<IFileSource>(provider => provider.GetRequiredService<TwilioMedia>());
        return services;
    }

    private static IServiceCollection AddWhatsApp(this IServiceCollection services)
    {
        services.AddCheckedOptions<TwilioSendingOptions>(TwilioOptions.Section);
        services.AddVendorClient(nameof(TwilioApi));
        services.AddSingleton<TwilioApi>();
        services.AddSingleton<TwilioMessages>();
        services.AddSingleton<TwilioTrace>();
        services.AddSingleton<IWhatsAppProvider, TwilioProvider>();
        services.AddSingleton<IReplyCarrier, WhatsAppCarrier>();
        services.AddSingleton<IChannel, WhatsAppChannel>();
        return services;
    }

    private static IServiceCollection AddStations(this IServiceCollection services)
    {
        services.AddCheckedOptions<StationOptions>(StationOptions.Section);
        services.AddStationApiPages();
        services.AddSingleton<StationDoor>();
        services.AddSingleton<StationUpload>();
        return services;
    }

    private static IServiceCollection AddSlack(this IServiceCollection services) => services.AddSlackCalls();

    private static void AllowLoopback(CorsPolicyBuilder policy) =>
        policy.SetIsOriginAllowed(LoopbackName.IsUrl).AllowAnyHeader().WithMethods("GET", "POST").SetPreflightMaxAge(TimeSpan.FromHours(1));
}
