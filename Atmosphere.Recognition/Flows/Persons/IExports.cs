using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>What is stored about a participant, for themselves.</summary>
public interface IExports
{
    /// <summary>Everything; of other guardians only their roles.</summary>
    /// <returns>Null where they had it within the last 24 hours, or are not known.</returns>
    Task<ParticipantExport?> FindAsync(Session session, ParticipantId participant);

    /// <summary>They have it now.</summary>
    Task DoneAsync(Session session, ParticipantId participant);
}

/// <param name="You">The participant.</param>
/// <param name="Groups">Names of the groups whose members they are.</param>
/// <param name="Children">Whose guardian they are.</param>
/// <param name="Photos">That were sent to them and still exist, newest first.</param>
public sealed record ParticipantExport(
    ExportedParticipant You, IReadOnlyList<string> Groups, IReadOnlyList<ExportedChild> Children, IReadOnlyList<ExportedPhoto> Photos);

/// <summary>Times are those of UTC.</summary>
public sealed record ExportedParticipant(
    string Channel, string Address, string Language, DateTimeOffset Since, DateTimeOffset? LastWrote, bool Stopped, bool Paused, string Album, bool IsTeacher);

/// <param name="Portrait">File of the learned face; null where there is none.</param>
public sealed record ExportedChild(
    string Name, string Group, string State, DateTimeOffset Since, string YourRole, IReadOnlyList<string> OtherGuardians, IReadOnlyList<ExportedConsent> Consents,
    int LearnedFaces, MediaKey? Portrait);

public sealed record ExportedConsent(string Version, string Text, string Purpose, DateTimeOffset GivenAt, DateTimeOffset? WithdrawnAt);

/// <param name="Media">The picture as it was sent; null where they may not have it any more.</param>
public sealed record ExportedPhoto(DateTimeOffset SentAt, string Group, MediaKey? Media);
