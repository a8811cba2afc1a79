using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Conversations.Reminders;

/// <summary>Find abandoned registrations.</summary>
internal sealed record RegistrationsAwaited(DateTimeOffset Due) : IMessage;

/// <summary>A registration is waiting or was closed: tell its parent.</summary>
/// <param name="Delivery">Permanent id of the notice.</param>
/// <param name="Sentence">Key of the sentence.</param>
internal sealed record RegistrationRests(ParticipantId Participant, string Delivery, string Sentence) : IMessage;

/// <summary>Reminds once per registration, while the channel still allows unrequested messages.</summary>
internal sealed class RemindOfRegistrations(IOptions<ConversationOptions> options, TimeProvider clock) : IStep<RegistrationsAwaited>
{
    public Task<Effects> HandleAsync(RegistrationsAwaited message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change(RemindAsync));

    private async Task RemindAsync(Session session, IOutbox outbox)
    {
        var now = clock.GetUtcNow();
        foreach (var resting in await ConversationTable.RestingAsync(
            session, ConnectPersonConversation.Dialog, now - options.Value.RemindAfter, reminded: false, now))
        {
            await ConversationTable.RemindedAsync(session, resting.Id, now);
            await outbox.SendAsync(
                session, new RegistrationRests(resting.ParticipantId, $"reminder-{resting.ParticipantId}-{resting.Version}", "connect-person.reminder"));
        }
    }
}
