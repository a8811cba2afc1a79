using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Storage;
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
        foreach (var resting in await ConversationTable.RestingAsync(
            session, ConnectPersonConversation.Name, _idle, now - options.Value.RemindAfter, reminded: false, now))
        {
            await ConversationTable.RemindedAsync(session, resting.Id, now);
            await outbox.SendAsync(
                session, new RegistrationRests(resting.ParticipantId, $"reminder-{resting.ParticipantId}-{resting.Version}", "connect-person.reminder"));
        }
    }
}
