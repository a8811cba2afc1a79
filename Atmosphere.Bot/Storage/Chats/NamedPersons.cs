using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>Detects which registered persons a text names, by name or by id.</summary>
internal sealed class NamedPersons
{
    private readonly IReadOnlyList<(PersonId Person, string Name)> _persons;

    /// <param name="persons">All persons to look for.</param>
    public NamedPersons(IEnumerable<PersonName> persons) =>
        // Longest names first, so that "Anna" does not count as a mention of Ann.
        _persons = [.. persons.Select(person => (person.Id, Name: NameFolding.Fold(person.Name))).Where(person => person.Name.Length > 0).OrderByDescending(person => person.Name.Length)];

    public static async Task<NamedPersons> ReadAsync(Session session) => new(await RegisteredPersons.NamesAsync(session));

    /// <summary>As <see cref="In"/>, of all persons, without reading every name.</summary>
    public static async Task<IReadOnlySet<PersonId>> InAsync(Session session, params IEnumerable<string?> texts)
    {
        var text = string.Join('\n', texts.SelectMany(Strings));
        return new NamedPersons(await NameKeys.CandidatesAsync(session, text, NameFolding.Fold(text))).InText(text);
    }

    /// <summary>
    /// The persons named in any of the texts, ignoring case and accents, also within words: some languages write "to Maya" as one word.
    /// </summary>
    /// <param name="texts">JSON, whose strings are searched, or plain text.</param>
    public IReadOnlySet<PersonId> In(params IEnumerable<string?> texts) =>
        _persons.Count == 0 ? new HashSet<PersonId>() : InText(string.Join('\n', texts.SelectMany(Strings)));

    private HashSet<PersonId> InText(string text)
    {
        var (plain, found) = (NameFolding.Fold(text), new HashSet<PersonId>());
        foreach (var same in _persons.GroupBy(person => person.Name, StringComparer.Ordinal))
        {
            if (plain.Contains(same.Key, StringComparison.Ordinal))
            {
                // Remove the longer name, so that a shorter one is not found inside it.
                plain = plain.Replace(same.Key, "\n", StringComparison.Ordinal);
                found.UnionWith(same.Select(person => person.Person));
            }
        }

        found.UnionWith(_persons.Select(person => person.Person).Where(person => text.Contains(person.Value, StringComparison.Ordinal)));
        return found;
    }

    private static IEnumerable<string> Strings(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        try
        {
            return text[0] is '{' or '[' or '"' ? Strings(JsonNode.Parse(text)) : [text];
        }
        catch (JsonException)
        {
            return [text];
        }
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(property => Strings(property.Value)),
        JsonArray list => list.SelectMany(Strings),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };
}
