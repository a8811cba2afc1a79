using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes a group's own rows, after its persons and photos.</summary>
internal sealed class GroupRows(Database database, IMediaStore media, MessagesAbout about, Erasures erasures)
{
    /// <summary>Deletes received files that were not processed yet, and what is left of files that show photos or persons of the group.</summary>
    public async Task DeleteFilesAsync(GroupId group, CancellationToken cancellation)
    {
        var files = await database.ReadAsync(
            async session => (await InboxTable.FilesAsync(session, group)).Concat(await MediaSubjectTable.OfAsync(session, group)).Distinct().ToList(), cancellation);
        foreach (var file in files)
            await media.DeleteAsync(file, cancellation);
    }

    /// <summary>The messages that contain the group's id, to be deleted with the rows.</summary>
    public Task<FoundMessages> MessagesAsync(GroupId group, CancellationToken cancellation) => about.FindAsync([group.Value], cancellation);

    /// <returns>The number of deleted rows.</returns>
    public async Task<int> DeleteAsync(Session session, GroupId group, FoundMessages messages)
    {
        foreach (var participant in await ParticipantTable.OnlyInAsync(session, group))
            await erasures.ForgetAsync(session, participant, silently: true);
        return await CodeTable.ForgetAsync(session, group)
            + await RequestTable.ForgetAsync(session, group)
            + await GroupNotifications.ForgetAsync(session, group)
            + await messages.DeleteAsync(session)
            + await DependentRows.GoAsync(session, Subject.Group, Fate.Erased, group.Value);
    }
}
