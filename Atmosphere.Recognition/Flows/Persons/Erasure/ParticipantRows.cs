using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes the data of a participant in recognition's tables and in the chats.</summary>
internal sealed class ParticipantRows(Database database, IMediaStore media, Erasures erasures, MessagesAbout about, IEnumerable<IPersonalPlaces> places)
{
    /// <summary>Persons guarded only by the participant are erased first, including one registered at the last moment.</summary>
    /// <exception cref="TryLaterException">Some are not erased yet.</exception>
    public async Task LetPersonsEndAsync(ParticipantId participant, CancellationToken cancellation)
    {
        var left = await database.ReadAsync(
            session => Guardianships.CountAsync(session, participant), cancellation);
        if (left == 0)
            return;

        await database.WriteAsync(session => erasures.LeaveAllAsync(session, participant, silently: false), cancellation);
        throw new TryLaterException($"{left} persons of the participant are still being erased.", TimeSpan.FromSeconds(1));
    }

    /// <returns>The number of deleted files.</returns>
    public async Task<int> DeleteFilesAsync(ParticipantId participant, CancellationToken cancellation)
    {
        var files = await database.ReadAsync(
            async session =>
            {
                var all = new HashSet<MediaKey>(await DistributionTable.PicturesAsync(session, participant));
                all.UnionWith(await HeldFaceTable.FilesAsync(session, participant));
                all.UnionWith(await MediaSubjectTable.OfAsync(session, participant));
                foreach (var place in places)
                    all.UnionWith(await place.FilesAsync(session, participant));
                return all;
            },
            cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
        return files.Count;
    }

    /// <summary>The messages that contain the participant's ids, to be deleted with the rows.</summary>
    public Task<FoundMessages> MessagesAsync(IReadOnlyCollection<string> names, CancellationToken cancellation) => about.FindAsync(names, cancellation);

    /// <param name="lastWord">The goodbye, which stays until the end; null: nothing stays.</param>
    /// <returns>The number of deleted rows.</returns>
    public async Task<int> DeleteAsync(Session session, ParticipantId participant, FoundMessages messages, DeliveryId? lastWord)
    {
        var rows = 0;
        foreach (var place in places)
            rows += await place.ForgetAsync(session, participant, lastWord);
        var voter = DependentRows.VoterOf(participant.Value);
        rows += await CodeTable.ForgetInvitedAsync(session, voter, null) + await InvitationTable.ForgetAsync(session, voter, participant);
        rows += await QuestionTable.TouchVotedAsync(session, voter) + await VoteTable.ForgetAsync(session, voter) + await ColleagueTable.ForgetAsync(session, voter);
        rows += await GroupMembers.ForgetAsync(session, participant);
        rows += await DependentRows.GoAsync(session, Subject.Participant, Fate.Erased, participant.Value);
        if (rows > 0)
            await ErasureMark.MoveAsync(session);
        return rows + await messages.DeleteAsync(session);
    }
}
