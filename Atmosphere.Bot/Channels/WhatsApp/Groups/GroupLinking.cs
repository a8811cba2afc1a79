using System.Security.Cryptography;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Incoming.Groups;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>Links a chat with a group once a code is posted there. A teacher's code is valid only if that teacher posts it.</summary>
internal sealed class GroupLinking(CodeTable codes, CodeGuesses guesses, IOptions<GroupOptions> options, TimeProvider clock)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <param name="author">The sender's number; null: it is hidden.</param>
    /// <param name="occasion">Id of the event, so that the teacher is told once.</param>
    public async Task TryAsync(Session session, IOutbox outbox, string channel, ChatEvent posted, string? author, string occasion)
    {
        Guesser[] by = [Guesser.OfChat(channel, posted.Chat)];
        if (!CodeTable.LooksLikeOne(posted.Text) || !guesses.MayTry(by, occasion))
            return;
        var known = await codes.FindAsync(session, posted.Text);
        if (known is not { Code.Kind: CodeKind.Group })
        {
            guesses.WasWrong(by, occasion);
            return;
        }

        var linked = await ChatGroups.FindAsync(session, channel, posted.Chat);
        var details = GroupCode.Read(known.Code.Details);
        var id = details.Group is { } existing ? new GroupId(existing) : new GroupId($"wa-{RandomNumberGenerator.GetString(Letters, 8)}");
        var group = new ChatGroup(id, details.Name, channel, posted.Chat, details.Language, known.Code.Participant, posted.At, null)
        {
            Service = posted.Service,
            Confirms = options.Value.TeacherConfirms,
        };
        var notice = linked is not null && known.IsOpen ? TeacherNotice.LinkedBefore
            : !known.IsOpen ? TeacherNotice.CodeOver
            : !await IsTheirsAsync(session, known.Code, author) ? TeacherNotice.PostedByOther
            : await codes.UseAsync(session, CodeKind.Group, posted.Text, id.Value) is null ? TeacherNotice.CodeOver
            : await LinkAsync(session, group, details.Group is not null) ? (TeacherNotice?)null
            : TeacherNotice.CodeOver;

        if (notice is null)
        {
            await outbox.SendAsync(session, new GroupMembersWanted(id));
            await outbox.SendAsync(session, new GroupLinked(id));
        }
        else if (known.Code.Participant is { } teacher)
        {
            var about = notice == TeacherNotice.PostedByOther ? (GroupId?)null : linked?.Id ?? id;
            await outbox.SendAsync(session, new TeacherToTell(teacher, notice.Value, about, $"{occasion}-code"));
        }
    }

    /// <summary>Anyone may use an operator's code; operators are notified where it was posted.</summary>
    private static async Task<bool> IsTheirsAsync(Session session, Code code, string? author) =>
        code.Participant is not { } teacher
        || (author is not null && await Participants.FindAsync(session, WhatsAppAddress.Channel, author) == teacher);

    private async Task<bool> LinkAsync(Session session, ChatGroup group, bool isSetUp)
    {
        if (isSetUp)
        {
            if (!await ChatGroups.LinkAsync(session, group))
                return false;
            await GroupNotifications.LinkedAsync(session, group.Id, group.Channel!, group.Address!, clock.GetUtcNow());
            return true;
        }

        // A teacher whose approval was revoked cannot link a group, not even with an older code.
        if (group.Teacher is not { } by || !await Teachers.IsOneAsync(session, by))
            return false;
        await ChatGroups.AddAsync(session, group);
        return true;
    }
}
