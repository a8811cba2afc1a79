using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Searches every store for erased data: tables by id, files on disk by their recorded subjects. A file without any cannot be shown to be
/// somebody else's: it is deleted.
/// </summary>
internal sealed class ErasureSearch(Database database, IMediaStore media, IEnumerable<IPersonalPlaces> places)
{
    private const string Files = "the media store";

    /// <param name="kind">person, participant or group: determines where to search.</param>
    /// <param name="ids">Ids of the person, participant or group, and of faces.</param>
    /// <exception cref="TracesLeftException">Traces were found.</exception>
    public async Task RequireNothingAsync(Session session, string kind, IReadOnlyCollection<string> ids)
    {
        var left = new Dictionary<string, int>();
        foreach (var (column, found) in await DependentRows.CountAsync(session, SubjectsOf(kind), ids))
            Count(column, found);

        foreach (var mention in (await MessagesAbout.FindAsync(session, ids, 0)).GroupBy(mention => mention.IsDead ? "dead_letters" : "messages"))
            Count(mention.Key, mention.Count());
        foreach (var place in places)
            Count("chats", await place.SearchAsync(session, ids));
        if (left.Count > 0)
            throw new TracesLeftException(left.Values.Sum(), string.Join(", ", left.Keys.Order(StringComparer.Ordinal)));

        void Count(string where, int found)
        {
            if (found > 0)
                left[where] = left.GetValueOrDefault(where) + found;
        }
    }

    /// <summary>Deletes files of the erased subjects that were stored while the erasure ran.</summary>
    /// <param name="ids">The ids of erased persons, participants, groups and faces.</param>
    public async Task DeleteLateFilesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        foreach (var file in await database.ReadAsync(session => MediaSubjectTable.OfAnyAsync(session, ids), cancellation))
            await media.DeleteAsync(file, cancellation);
    }

    /// <exception cref="TracesLeftException">There are files whose subjects are not known, and they cannot be deleted.</exception>
    public async Task RequireKnownFilesAsync(CancellationToken cancellation)
    {
        foreach (var file in await UnknownFilesAsync(cancellation))
            await media.DeleteAsync(file, cancellation);
        await RequireNoFilesAsync(await UnknownFilesAsync(cancellation), cancellation);
    }

    /// <exception cref="TracesLeftException">Some of the files exist.</exception>
    public async Task RequireNoFilesAsync(IEnumerable<MediaKey> files, CancellationToken cancellation)
    {
        var left = 0;
        foreach (var file in files)
            left += await media.ExistsAsync(file, cancellation) ? 1 : 0;
        if (left > 0)
            throw new TracesLeftException(left, Files);
    }

    /// <summary>The ids of a person's erasure include those of the faces.</summary>
    private static IReadOnlyCollection<Subject> SubjectsOf(string kind) => kind switch
    {
        "group" => [Subject.Group],
        "participant" => [Subject.Participant, Subject.Voter],
        _ => [Subject.Person, Subject.Face],
    };

    private async Task<IReadOnlyList<MediaKey>> UnknownFilesAsync(CancellationToken cancellation)
    {
        // Files first: the subjects of a file are committed before it is stored.
        var stored = new List<MediaKey>();
        foreach (var bucket in Enum.GetValues<MediaBucket>())
            stored.AddRange((await media.ListAsync(bucket, cancellation)).Select(file => file.Key));
        var known = await database.ReadAsync(MediaSubjectTable.AllAsync, cancellation);
        return [.. stored.Where(file => !known.Contains(file))];
    }
}
