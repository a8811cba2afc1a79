using Atmosphere.Bot.Channels;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.BotFramework;
using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Channels.Mail;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Channels.Stations;
using Atmosphere.Bot.Channels.WhatsApp;
using Atmosphere.Bot.Channels.WhatsApp.Groups;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.Forgetting;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Conversations.Running;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot;

/// <summary>The bot: its channels, its conversations and its words. It needs Recognition's services.</summary>
internal static class BotModule
{
    /// <summary>Adds everything but the doors.</summary>
    public static IServiceCollection AddBot(this IServiceCollection services, IConfiguration configuration)
    {
        var dialogs = Path.Combine(AppContext.BaseDirectory, "dialogs");
        services.AddSingleton(_ => Languages.Load(dialogs));
        services.AddSingleton(BotSchema.Whole);
        services.AddSingleton<Participants>();
        services.AddSingleton<TurnInbox>();
        services.AddSingleton<WebhookInbox>();
        services.AddLifetimes(Lifetime.Of("webhook events", WebhookEventTable.Due, options => options.Inbox));
        services.AddSingleton<Uploads>();
        services.AddSingleton<ConversationStore>();
        services.AddSingleton<IMediaOwner, ConversationMedia>();
        services.AddSingleton<IPersonalPlaces, Chats>();
        services.AddSingleton<FileIntake>();
        services.AddConversations();
        services.AddChannels(configuration);
        services.AddEnrolmentPhotos();
        services.AddConversationRetention();
        services.AddFlow(ConversationsFlow.Table);
        services.AddChatGroups();
        services.AddSingleton<INewPersons, NewPersonInvitations>();
        services.AddHostedService<PlaygroundGroupAtStart>();
        // The addresses of pictures and streams are keys to them: they must not stand in a log.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning));
        return services;
    }

    /// <summary>Opens the doors: /api/messages, /v3/directline, /pictures, /api/faces, /api/photos, /whatsapp, /slack and /mail.</summary>
    public static void MapBot(this WebApplication app)
    {
        app.UseCors();
        app.UseWebSockets();
        app.MapBotFramework();
        app.MapDirectLine();
        app.MapTwilio();
        app.MapTwilioStatus();
        app.MapPictures();
        app.MapStations();
        app.MapWhatsAppGroups();
        app.MapSlack();
        app.MapMail();
    }
}
