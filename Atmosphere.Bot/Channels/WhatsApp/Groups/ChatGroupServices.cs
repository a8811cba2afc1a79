using Atmosphere.Bot.Channels.Telling;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

internal static class ChatGroupServices
{
    /// <summary>Adds the handling of chat group events.</summary>
    public static IServiceCollection AddChatGroups(this IServiceCollection services)
    {
        services.TryAddSingleton<CodeTable>();
        services.AddSingleton<MemberHashes>();
        services.AddSingleton<GroupLinking>();
        services.AddSingleton<PrivateMessages>();
        services.AddHostedService<MembersAtStart>();
        services.AddNotice<TeacherToTell>(TellTeacherAsync);
        return services.AddFlow(GroupsFlow.Table);
    }

    /// <summary>Sends the teacher a private notice about the group.</summary>
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
