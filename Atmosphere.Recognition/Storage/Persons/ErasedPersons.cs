using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>Tells whether persons were erased since somebody read their names.</summary>
public static class ErasedPersons
{
    /// <summary>Whether one of the persons is erased.</summary>
    public static async Task<bool> IsOneOfAsync(Session session, IReadOnlyCollection<PersonId> persons) =>
        persons.Count > 0 && await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM persons WHERE id IN @ids", new { ids = persons.Select(person => person.Value) }) < persons.Count;
}
