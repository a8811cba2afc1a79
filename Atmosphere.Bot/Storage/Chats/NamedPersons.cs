using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Storage;

/// <summary>Tells whom a text names, among all who are registered: by name or by id.</summary>
internal sealed class NamedPersons
{
    private readonly IReadOnlyList<(PersonId Person, string Name)> _persons;

    /// <param name="persons">Everybody whom a text may name.</param>
    public NamedPersons(IEnumerable<PersonName> persons) =>
        // The longest name first: in "Anna" nobody is called Ann.
        _persons = [.. persons.Select(person => (person.Id, Name: Plain(person.Name))).Where(person => person.Name.Length > 0).OrderByDescending(person => person.Name.Length)];

    public static async Task<NamedPersons> ReadAsync(Session session) => new(await RegisteredPersons.NamesAsync(session));

    /// <summary>Those whom any of the texts names, also in another case, and in the middle of a word: some languages write "to Maya" as one.</summary>
    /// <param name="texts">JSON, whose strings are read, or plain text.</param>
    public IReadOnlySet<PersonId> In(params IEnumerable<string?> texts)
    {
        if (_persons.Count == 0)
            return new HashSet<PersonId>();

        var text = string.Join('\n', texts.SelectMany(Strings));
        var (plain, found) = (Plain(text), new HashSet<PersonId>());
        foreach (var same in _persons.GroupBy(person => person.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (plain.Contains(same.Key, StringComparison.OrdinalIgnoreCase))
            {
                // What is a longer name is no shorter one.
                plain = plain.Replace(same.Key, "\n", StringComparison.OrdinalIgnoreCase);
                found.UnionWith(same.Select(person => person.Person));
            }
        }

        found.UnionWith(_persons.Select(person => person.Person).Where(person => text.Contains(person.Value, StringComparison.Ordinal)));
        return found;
    }

    /// <summary>All spellings of a letter with its accents are one.</summary>
    private static string Plain(string text) => text.Normalize(NormalizationForm.FormC);

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
