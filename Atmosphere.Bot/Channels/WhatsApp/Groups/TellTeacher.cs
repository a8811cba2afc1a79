using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Tells a teacher privately what became of a group.</summary>
internal sealed class TellTeacher(Database database, IParents parents) : IStep<TeacherToTell>
{
    public async Task<Effects> HandleAsync(TeacherToTell message, CancellationToken cancellation)
    {
        var group = message.Group is { } id ? await database.ReadAsync(session => ChatGroups.FindAsync(session, id), cancellation) : null;
        var text = message.Notice switch
        {
            TeacherNotice.Linked => "group.linked",
            TeacherNotice.LinkedInSilence => "group.linked-in-silence",
            TeacherNotice.LinkedBefore => "group.linked-before",
            TeacherNotice.CodeOver => "group.code-over",
            TeacherNotice.PostedByOther => "group.posted-by-other",
            _ => "group.ended-unnamed",
        };
        var values = new Dictionary<string, string> { ["group"] = group?.Name ?? message.Group?.Value ?? "" };
        _ = await parents.SendAsync(new ParentNotice(new DeliveryId(message.Occasion), message.Teacher, text, values, null), cancellation);
        return Effects.None;
    }
}
