using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Searches every store, table by table, for the ids of erased data.</summary>
internal sealed class ErasureSearch(IEnumerable<IPersonalPlaces> places)
{
    /// <param name="kind">person, participant or group: determines where to search.</param>
    /// <param name="ids">Ids of the person, participant or group, and of faces.</param>
    /// <exception cref="TracesLeftException">Traces were found.</exception>
    public async Task RequireNothingAsync(Session session, string kind, IReadOnlyCollection<string> ids)
    {
        var left = new Dictionary<string, int>();
        foreach (var (column, found) in await Dependents.CountAsync(session, SubjectsOf(kind), ids))
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

    /// <summary>The ids of a person's erasure include those of the faces.</summary>
    private static IReadOnlyCollection<Subject> SubjectsOf(string kind) => kind switch
    {
        "group" => [Subject.Group],
        "participant" => [Subject.Participant, Subject.Voter],
        _ => [Subject.Person, Subject.Face],
    };
}
