using Atmosphere.Bot.Channels.Telling;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

internal static class ChatGroupServices
{
    /// <summary>What is done with the news of chat groups.</summary>
    public static IServiceCollection AddChatGroups(this IServiceCollection services)
    {
        services.TryAddSingleton<CodeTable>();
        services.AddSingleton<GroupLinking>();
        services.AddSingleton<PrivateMessages>();
        services.AddHostedService<MembersAtStart>();
        services.AddNotice<TeacherToTell>(TellTeacherAsync);
        return services.AddFlow(GroupsFlow.Table);
    }

    /// <summary>What became of a group, privately.</summary>
    private static async Task<Told> TellTeacherAsync(TeacherToTell message, Facts facts, Session session)
    {
        var group = message.Group is { } id ? await ChatGroups.FindAsync(session, id) : null;
        var sentence = message.Notice switch
        {
            TeacherNotice.Linked => "group.linked",
            TeacherNotice.LinkedInSilence => "group.linked-in-silence",
            TeacherNotice.LinkedBefore => "group.linked-before",
            TeacherNotice.CodeOver => "group.code-over",
            TeacherNotice.PostedByOther => "group.posted-by-other",
            _ => "group.ended-unnamed",
        };
        return new(TellingTables.Notice(message.Occasion, message.Teacher, sentence, ("group", group?.Name ?? message.Group?.Value ?? "")));
    }
}
