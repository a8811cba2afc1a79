using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes all data of a participant, after their persons, except the address for the goodbye.</summary>
internal sealed class ForgetParticipant(
    Database database, ParticipantRows rows, ErasureLog log, IncompleteErasures givenUp, IOptions<ErasureOptions> options, TimeProvider clock)
    : IStep<Messages.ForgetParticipant>, IOnExhausted<Messages.ForgetParticipant>
{
    public async Task<Effects> HandleAsync(Messages.ForgetParticipant message, CancellationToken cancellation)
    {
        var (erasure, participant) = (message.Erasure, message.Participant);
        if (!await database.ReadAsync(session => ParticipantTable.IsThereAsync(session, participant), cancellation))
            return Effects.None;

        await rows.LetPersonsEndAsync(participant, cancellation);
        await log.AppendAsync(new Tombstone(clock.GetUtcNow().ToUnixTimeMilliseconds(), "participant", erasure.Value, participant.Value, []), cancellation);
        var files = await rows.DeleteFilesAsync(participant, cancellation);
        var messages = await rows.MessagesAsync([participant.Value], cancellation);
        return new Effects().Change(async (session, outbox) =>
        {
            if (!await ParticipantTable.ForgetAsync(session, participant))
                return;

            var deleted = await rows.DeleteAsync(session, participant, messages, LastWordOf(erasure));
            await ErasureTable.CountAsync(session, erasure, deleted, files, 0);
            if (message.Silently)
                await outbox.SendAsync(session, new Messages.DeleteParticipantEntry(erasure, participant));
            else
                await outbox.SendAsync(session, new ParticipantForgotten(erasure, participant, options.Value.LastWord));
        });
    }

    public Effects Exhausted(Messages.ForgetParticipant message, Exception reason) => givenUp.Of(message.Erasure, nameof(ForgetParticipant), reason);

    /// <summary>The delivery id of the goodbye, so that it is sent once and can be found again.</summary>
    internal static DeliveryId LastWordOf(ErasureId erasure) => new($"forgotten-{erasure}");
}
