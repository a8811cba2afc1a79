using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Somebody who keeps more of persons and participants than recognition's own tables, such as what was said in chats. Every registered one is asked.</summary>
public interface IPersonalPlaces
{
    /// <summary>Deletes whatever names the person, in the transaction in which it is forgotten. Repeatable.</summary>
    /// <returns>How many rows that were.</returns>
    Task<int> ForgetAsync(Session session, ForgottenPerson person);

    /// <summary>Files that may name the person beside others, such as exports, to be deleted before the rows.</summary>
    /// <param name="guardians">Whose chats may name the person.</param>
    Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, PersonId person, IReadOnlyCollection<ParticipantId> guardians) =>
        Task.FromResult<IReadOnlyList<MediaKey>>([]);

    /// <summary>The files of a participant, to be deleted before their rows.</summary>
    Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, ParticipantId participant);

    /// <summary>Deletes whatever there is of a participant. Repeatable.</summary>
    /// <param name="lastWord">The notice with which the bot says goodbye, which stays until the end; null: nothing stays.</param>
    /// <returns>How many rows that were.</returns>
    Task<int> ForgetAsync(Session session, ParticipantId participant, DeliveryId? lastWord);

    /// <summary>How many rows still hold one of the ids.</summary>
    Task<int> SearchAsync(Session session, IReadOnlyCollection<string> ids);
}

/// <param name="Person">Who is forgotten.</param>
/// <param name="Name">As the parent typed it.</param>
/// <param name="Guardians">Whose chats may name the person.</param>
/// <param name="Files">Pictures that are deleted.</param>
/// <param name="Learned">The learned faces; each has the id of the photo that it was learned from.</param>
public sealed record ForgottenPerson(
    PersonId Person, string Name, IReadOnlyCollection<ParticipantId> Guardians, IReadOnlyCollection<MediaKey> Files, IReadOnlyCollection<string> Learned);
