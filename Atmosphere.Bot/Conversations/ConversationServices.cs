using Atmosphere.Bot.Conversations.AddGroup;
using Atmosphere.Bot.Conversations.AddPhotos;
using Atmosphere.Bot.Conversations.Codes;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Conversations.Export;
using Atmosphere.Bot.Conversations.ForgetMe;
using Atmosphere.Bot.Conversations.Home;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Conversations.Notices;
using Atmosphere.Bot.Conversations.NotMyChild;
using Atmosphere.Bot.Conversations.RemovePerson;
using Atmosphere.Bot.Conversations.ReportPicture;
using Atmosphere.Bot.Conversations.Reports;
using Atmosphere.Bot.Conversations.Requests;
using Atmosphere.Bot.Conversations.Running;
using Atmosphere.Bot.Conversations.Sharing;
using Atmosphere.Bot.Conversations.Speaking;
using Atmosphere.Bot.Conversations.TagFace;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Settings;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Conversations;

internal static class ConversationServices
{
    /// <summary>
    /// Adds all conversations, in the order in which they may claim a message; settings in section <c>Atmosphere:Conversations</c>.
    /// </summary>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddCheckedOptions<ConversationOptions>(ConversationOptions.Section);
        services.TryAddSingleton<CodeTable>();
        services.AddSingleton<CodeGuesses>();
        services.AddSingleton<Taggers>();
        services.AddSingleton<IInvitations, GuardianInvitations>();
        return services
            .AddConversationNotices()
            .AddScoped<ConversationRunner>()
            .AddScoped<IConversation, StopConversation>()
            .AddScoped<IConversation, LanguageConversation>()
            .AddScoped<IConversation, RemovePersonConversation>()
            .AddScoped<IConversation, ForgetMeConversation>()
            .AddScoped<IConversation, ExportConversation>()
            .AddScoped<IConversation, AnswerConversation>()
            .AddScoped<IConversation, ShareCodeConversation>()
            .AddScoped<IConversation, ShareConversation>()
            .AddScoped<IConversation, AddGroupConversation>()
            .AddScoped<IConversation, TagFaceConversation>()
            .AddScoped<ICodeUse, TeacherCode>()
            .AddScoped<ICodeUse, InviteCode>()
            .AddScoped<IConversation, CodesConversation>()
            .AddScoped<IConversation, WishesConversation>()
            .AddScoped<IConversation, ReportPictureConversation>()
            .AddScoped<IConversation, ReportConversation>()
            .AddScoped<IConversation, MyChildrenConversation>()
            .AddScoped<IConversation, WhyConversation>()
            .AddScoped<IConversation, NotMyChildConversation>()
            .AddScoped<IConversation, AddPhotosConversation>()
            .AddScoped<IConversation, MissedPhotoConversation>()
            .AddScoped<IConversation, ConnectPersonConversation>()
            .AddScoped<IConversation, HomeConversation>();
    }
}
