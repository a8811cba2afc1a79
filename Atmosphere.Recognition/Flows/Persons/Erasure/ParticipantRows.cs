using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>What there is of a participant in recognition's tables, and in the chats.</summary>
internal sealed class ParticipantRows(Database database, IMediaStore media, Erasures erasures, MessagesAbout about, IEnumerable<IPersonalPlaces> places)
{
    private static readonly string[] _deletions =
    [
        "DELETE FROM media_distributions WHERE participant_id = @participant",
        "DELETE FROM requests WHERE from_id = @participant OR to_id = @participant",
        "DELETE FROM codes WHERE hash IN (SELECT code_hash FROM invitations WHERE voter = @voter)",
        "DELETE FROM invitations WHERE voter = @voter OR code_hash IN (SELECT hash FROM codes WHERE used_by = @participant)",
        "DELETE FROM codes WHERE participant_id = @participant OR used_by = @participant",
        // A post that shows the vote is changed in the next round.
        "UPDATE questions SET changed_at = changed_at + 1 WHERE face_id IN (SELECT face_id FROM face_tags WHERE voter = @voter)",
        "DELETE FROM face_tags WHERE voter = @voter OR voter LIKE @voter || ' not %'",
        "DELETE FROM colleagues WHERE voter = @voter",
        "DELETE FROM consents WHERE participant_id = @participant",
        "DELETE FROM group_members WHERE address_hash = (SELECT address_hash FROM participants WHERE id = @participant)",
        "DELETE FROM group_departures WHERE address_hash = (SELECT address_hash FROM participants WHERE id = @participant)",
        "DELETE FROM group_aliases WHERE address_hash = (SELECT address_hash FROM participants WHERE id = @participant)",
        "DELETE FROM group_participants WHERE participant_id = @participant",
        "UPDATE group_files SET uploader_id = NULL WHERE uploader_id = @participant",
        "UPDATE photos SET uploader_id = NULL WHERE uploader_id = @participant",
        "UPDATE groups SET teacher_id = NULL WHERE teacher_id = @participant",
        "UPDATE persons SET confirmed_by = NULL WHERE confirmed_by = @participant",
    ];

    // A picture may have gone to others, too.
    private const string Pictures =
        """
        SELECT media FROM media_distributions d WHERE participant_id = @participant AND media IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM media_distributions o WHERE o.media = d.media AND o.participant_id <> @participant)
        """;

    public Task<bool> IsThereAsync(ParticipantId participant, CancellationToken cancellation) =>
        database.ReadAsync(
            async session => await session.QuerySingleOrDefaultAsync<string>(
                "SELECT id FROM participants WHERE id = @participant AND forgotten_at IS NULL", new { participant }) is not null,
            cancellation);

    /// <returns>False where it was done before.</returns>
    public static async Task<bool> BeginAsync(Session session, ParticipantId participant) =>
        await session.ExecuteAsync(
            "UPDATE participants SET forgotten_at = forgetting_at, teacher_since = NULL WHERE id = @participant AND forgotten_at IS NULL", new { participant }) > 0;

    /// <summary>The persons whom they alone guard are erased first; also one that was registered in the very last moment.</summary>
    /// <exception cref="TryLaterException">There are still some.</exception>
    public async Task LetPersonsEndAsync(ParticipantId participant, CancellationToken cancellation)
    {
        var left = await database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM guardians WHERE participant_id = @participant", new { participant }), cancellation);
        if (left == 0)
            return;

        await database.WriteAsync(session => erasures.LeaveAllAsync(session, participant, silently: false), cancellation);
        throw new TryLaterException($"{left} persons of the participant are still being erased.", TimeSpan.FromSeconds(1));
    }

    /// <returns>How many there were.</returns>
    public async Task<int> DeleteFilesAsync(ParticipantId participant, CancellationToken cancellation)
    {
        var files = await database.ReadAsync(
            async session =>
            {
                var all = new HashSet<MediaKey>(await session.QueryAsync<MediaKey>(Pictures, new { participant }));
                foreach (var place in places)
                    all.UnionWith(await place.FilesAsync(session, participant));
                return all;
            },
            cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
        return files.Count;
    }

    /// <summary>The messages that name the participant, to be deleted with the rows.</summary>
    public Task<FoundMessages> MessagesAsync(IReadOnlyCollection<string> names, CancellationToken cancellation) => about.FindAsync(names, cancellation);

    /// <param name="lastWord">The goodbye, which stays until the end; null: nothing stays.</param>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> DeleteAsync(Session session, ParticipantId participant, FoundMessages messages, DeliveryId? lastWord)
    {
        var rows = 0;
        foreach (var place in places)
            rows += await place.ForgetAsync(session, participant, lastWord);
        foreach (var deletion in _deletions)
            rows += await session.ExecuteAsync(deletion, new { participant, voter = $"participant:{participant}" });
        return rows + await messages.DeleteAsync(session);
    }
}
