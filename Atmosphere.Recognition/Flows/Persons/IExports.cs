using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Exports the stored data of a participant.</summary>
public interface IExports
{
    /// <summary>All data; of other guardians only their permissions.</summary>
    /// <returns>Null if they had an export within the last 24 hours, or are unknown.</returns>
    Task<ParticipantExport?> FindAsync(Session session, ParticipantId participant);

    /// <summary>Records that the participant has received the export.</summary>
    Task DoneAsync(Session session, ParticipantId participant);
}

/// <param name="You">The participant.</param>
/// <param name="Sections">All other data by section; the rows have names and values.</param>
/// <param name="Portraits">The learned faces of their children.</param>
/// <param name="Photos">Photos sent to them that still exist, newest first.</param>
/// <param name="Persons">The persons whom the data name: their children.</param>
public sealed record ParticipantExport(
    IReadOnlyDictionary<string, object?> You,
    IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> Sections,
    IReadOnlyList<ExportedPortrait> Portraits,
    IReadOnlyList<ExportedPhoto> Photos,
    IReadOnlyList<PersonId> Persons);

/// <param name="Name">Name of the child.</param>
/// <param name="Media">File of the learned face.</param>
public sealed record ExportedPortrait(PersonId Person, string Name, MediaKey Media);

/// <param name="SentAt">UTC.</param>
/// <param name="Group">Name of the group.</param>
/// <param name="Media">The picture as sent; null if they may no longer have it.</param>
public sealed record ExportedPhoto(DateTimeOffset SentAt, string Group, MediaKey? Media);
