using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes the address of a participant and the goodbye sent to it: nothing is left.</summary>
internal sealed class DeleteParticipantEntry(Database database, ParticipantRows rows, IncompleteErasures givenUp)
    : IStep<Messages.DeleteParticipantEntry>, IOnExhausted<Messages.DeleteParticipantEntry>
{
    public async Task<Effects> HandleAsync(Messages.DeleteParticipantEntry message, CancellationToken cancellation)
    {
        var (erasure, participant) = (message.Erasure, message.Participant);
        if (await database.ReadAsync(session => Participants.FindAsync(session, participant), cancellation) is not { } known)
            return Effects.None;

        await rows.LetPersonsEndAsync(participant, cancellation);
        var files = await rows.DeleteFilesAsync(participant, cancellation);
        var messages = await rows.MessagesAsync([participant.Value, $"{known.Channel}:{known.Address}"], cancellation);
        return new Effects().Change(async (session, outbox) =>
        {
            var deleted = await rows.DeleteAsync(session, participant, messages, lastWord: null);
            if (!await ParticipantTable.DeleteAsync(session, participant))
                return;

            await ErasureTable.CountAsync(session, erasure, deleted + 1, files, 0);
            await outbox.SendAsync(session, new Messages.ProveErasure(erasure, Receiver: null));
        });
    }

    public Effects Exhausted(Messages.DeleteParticipantEntry message, Exception reason) =>
        givenUp.Of(message.Erasure, nameof(DeleteParticipantEntry), reason);
}
