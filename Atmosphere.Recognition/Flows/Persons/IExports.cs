using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>What is stored about a participant, for themselves.</summary>
public interface IExports
{
    /// <summary>Everything; of other guardians only what they may do.</summary>
    /// <returns>Null where they had it within the last 24 hours, or are not known.</returns>
    Task<ParticipantExport?> FindAsync(Session session, ParticipantId participant);

    /// <summary>They have it now.</summary>
    Task DoneAsync(Session session, ParticipantId participant);
}

/// <param name="You">The participant.</param>
/// <param name="Sections">Everything else, by what it is; the rows have names and values.</param>
/// <param name="Portraits">The learned faces of their children.</param>
/// <param name="Photos">That were sent to them and still exist, newest first.</param>
public sealed record ParticipantExport(
    IReadOnlyDictionary<string, object?> You,
    IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> Sections,
    IReadOnlyList<ExportedPortrait> Portraits,
    IReadOnlyList<ExportedPhoto> Photos);

/// <param name="Name">The child's.</param>
/// <param name="Media">File of the learned face.</param>
public sealed record ExportedPortrait(string Name, MediaKey Media);

/// <param name="SentAt">UTC.</param>
/// <param name="Group">Its name.</param>
/// <param name="Media">The picture as it was sent; null where they may not have it any more.</param>
public sealed record ExportedPhoto(DateTimeOffset SentAt, string Group, MediaKey? Media);
