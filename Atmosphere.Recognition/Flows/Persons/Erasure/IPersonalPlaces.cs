using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>A component with personal data outside recognition's own tables, such as chats. Erasure calls every registered one.</summary>
public interface IPersonalPlaces
{
    /// <summary>Deletes everything that names the person, in the transaction of the erasure. Repeatable.</summary>
    /// <returns>The number of affected rows.</returns>
    Task<int> ForgetAsync(Session session, ForgottenPerson person);

    /// <summary>Files that may name the person among others, such as exports, to be deleted before the rows.</summary>
    /// <param name="guardians">The participants whose chats may name the person.</param>
    Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, PersonId person, IReadOnlyCollection<ParticipantId> guardians) =>
        Task.FromResult<IReadOnlyList<MediaKey>>([]);

    /// <summary>The files of a participant, to be deleted before their rows.</summary>
    Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, ParticipantId participant);

    /// <summary>Deletes all data of a participant. Repeatable.</summary>
    /// <param name="lastWord">The goodbye, which stays until the end; null: nothing stays.</param>
    /// <returns>The number of affected rows.</returns>
    Task<int> ForgetAsync(Session session, ParticipantId participant, DeliveryId? lastWord);

    /// <summary>The number of rows that still contain one of the ids.</summary>
    Task<int> SearchAsync(Session session, IReadOnlyCollection<string> ids);
}

/// <param name="Person">The erased person.</param>
/// <param name="Name">As the parent typed it.</param>
/// <param name="Guardians">The participants whose chats may name the person.</param>
/// <param name="Files">Pictures to delete.</param>
/// <param name="Learned">The learned faces; each has the id of the photo that it was learned from.</param>
public sealed record ForgottenPerson(
    PersonId Person, string Name, IReadOnlyCollection<ParticipantId> Guardians, IReadOnlyCollection<MediaKey> Files, IReadOnlyCollection<string> Learned);
