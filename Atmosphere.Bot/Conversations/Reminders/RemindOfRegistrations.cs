using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations.Reminders;

/// <summary>Look for registrations that parents do not go on with.</summary>
internal sealed record RegistrationsAwaited(DateTimeOffset Due) : IMessage;

/// <summary>A registration rests, or was closed: its parent is to know.</summary>
/// <param name="Delivery">Names the notice for ever.</param>
/// <param name="Sentence">Key of the sentence.</param>
internal sealed record RegistrationRests(ParticipantId Participant, string Delivery, string Sentence) : IMessage;

/// <summary>Once for each registration, while the channel still lets the bot write unasked.</summary>
internal sealed class RemindOfRegistrations(IOptions<ConversationOptions> options, TimeProvider clock) : IStep<RegistrationsAwaited>
{
    private static readonly string _idle = ConnectPersonConversation.AtHome;

    public Task<Effects> HandleAsync(RegistrationsAwaited message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change(RemindAsync));

    private async Task RemindAsync(Session session, IOutbox outbox)
    {
        var now = clock.GetUtcNow();
        var resting = await session.QueryAsync<(string Id, string Participant, long Version)>(
            $"""
            SELECT c.id, c.participant_id, c.version FROM conversations c JOIN participants p ON p.id = c.participant_id
            WHERE c.dialog = 'connect-person' AND c.state <> @_idle AND c.reminded_at IS NULL AND c.updated_at <= @before AND {OpenWindow.Sql}
            """,
            new { _idle, before = (now - options.Value.RemindAfter).ToUnixTimeMilliseconds(), since = OpenWindow.Since(now) });
        foreach (var (id, participant, version) in resting)
        {
            await session.ExecuteAsync("UPDATE conversations SET reminded_at = @now WHERE id = @id", new { id, now = now.ToUnixTimeMilliseconds() });
            await outbox.SendAsync(session, new RegistrationRests(new ParticipantId(participant), $"reminder-{participant}-{version}", "connect-person.reminder"));
        }
    }
}
