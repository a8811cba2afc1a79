using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.WhatsApp.Groups;

/// <summary>
/// Posts an introduction in a newly linked group: what the bot is, what it stores and what not. The start is recorded before posting. After
/// a crash in between it is unknown whether the group has read it, and it is not posted again.
/// </summary>
internal sealed class IntroduceInGroup(Database database, Languages languages, IEnumerable<IGroupCarrier> carriers, TimeProvider clock, ILogger<IntroduceInGroup> log)
    : IStep<GroupLinked>, IOnExhausted<GroupLinked>
{
    public async Task<Effects> HandleAsync(GroupLinked message, CancellationToken cancellation)
    {
        var (begun, group) = await database.WriteAsync(
            async session => (await ChatGroups.BeginIntroductionAsync(session, message.Group, clock.GetUtcNow()), await ChatGroups.FindAsync(session, message.Group)),
            cancellation);
        if (group is null or { EndedAt: not null } or { Address: null })
            return Effects.None;

        return Tell(message.Group, begun && await PostAsync(group, cancellation) ? TeacherNotice.Linked : TeacherNotice.LinkedInSilence);
    }

    public Effects Exhausted(GroupLinked message, Exception reason) => Tell(message.Group, TeacherNotice.LinkedInSilence);

    private static Effects Tell(GroupId id, TeacherNotice notice) => Effects.None.Change(async (session, outbox) =>
    {
        if (await ChatGroups.FindAsync(session, id) is { Teacher: { } teacher })
            await outbox.SendAsync(session, new TeacherToTell(teacher, notice, id, $"{id}-linked"));
    });

    private async Task<bool> PostAsync(ChatGroup group, CancellationToken cancellation)
    {
        var carrier = carriers.Single(carrier => carrier.Channel == group.Channel);
        try
        {
            var words = languages.Of(group.Language).Sentences.Say("group.introduction", new Dictionary<string, string> { ["group"] = group.Name });
            return await carrier.SayAsync(GroupChat.Of(group)!, words, cancellation);
        }
        catch (TryLaterException)
        {
            await database.WriteAsync(session => ChatGroups.TakeIntroductionBackAsync(session, group.Id), CancellationToken.None);
            throw;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            log.LogWarning("Nobody knows whether group {Group} has the introduction; it is not posted again", group.Id);
            return false;
        }
    }
}
