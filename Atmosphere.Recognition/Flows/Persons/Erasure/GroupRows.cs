using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>A group's own rows, when its persons and photos are gone.</summary>
internal sealed class GroupRows(Database database, IMediaStore media, MessagesAbout about, Erasures erasures)
{
    private static readonly string[] _ofAGroup =
    [
        "inbox", "image_table", "questions", "cluster_faces", "clusters", "cluster_changes", "cluster_versions", "group_members", "group_participants", "clients", "invitations",
        "group_departures", "group_files", "group_paces", "group_aliases",
    ];

    // Somebody who can be reached, and whom nothing holds any more: no group, no person, no approval as a teacher.
    private const string NothingElse =
        """
        SELECT p.participant_id FROM group_participants p JOIN participants t ON t.id = p.participant_id
        WHERE p.group_id = @group AND t.teacher_since IS NULL
            AND NOT EXISTS (SELECT 1 FROM group_participants o WHERE o.participant_id = p.participant_id AND o.group_id <> @group)
            AND NOT EXISTS (SELECT 1 FROM guardians g WHERE g.participant_id = p.participant_id)
        """;

    /// <summary>What came in and was not looked at yet.</summary>
    public async Task DeleteFilesAsync(GroupId group, CancellationToken cancellation)
    {
        var files = await database.ReadAsync(
            session => session.QueryAsync<MediaKey>("SELECT media FROM inbox WHERE group_id = @group AND media IS NOT NULL", new { group }), cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
    }

    /// <summary>The messages that name the group, to be deleted with the rows.</summary>
    public Task<FoundMessages> MessagesAsync(GroupId group, CancellationToken cancellation) => about.FindAsync([group.Value], cancellation);

    /// <returns>How many there were.</returns>
    public async Task<int> DeleteAsync(Session session, GroupId group, FoundMessages messages)
    {
        foreach (var participant in await session.QueryAsync<ParticipantId>(NothingElse, new { group }))
            await erasures.ForgetAsync(session, participant, silently: true);
        var rows = 0;
        foreach (var table in _ofAGroup)
            rows += await session.ExecuteAsync($"DELETE FROM {table} WHERE group_id = @group", new { group });
        rows += await session.ExecuteAsync("DELETE FROM codes WHERE used_by = @group OR details LIKE @mention", new { group, mention = $"%\"{group}\"%" });
        rows += await session.ExecuteAsync("DELETE FROM requests WHERE details LIKE @mention", new { mention = $"%\"{group}\"%" });
        rows += await session.ExecuteAsync("DELETE FROM notifications WHERE photo_id = @group", new { group });
        rows += await messages.DeleteAsync(session);
        return rows + await session.ExecuteAsync("DELETE FROM groups WHERE id = @group", new { group });
    }
}
