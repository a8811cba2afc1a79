using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>What Slack's reference says in words and its types do not: lengths, counts, and that ids occur once.</summary>
internal static class SlackLimits
{
    private static readonly Dictionary<string, int> _longest = new()
    {
        ["header.text"] = 150,
        ["section.text"] = 3000,
        ["button.text"] = 75,
        ["label"] = 2000,
        ["hint"] = 2000,
        ["placeholder"] = 150,
        ["option.text"] = 75,
        ["description"] = 75,
        ["confirm.title"] = 100,
        ["confirm.text"] = 300,
        ["confirm.confirm"] = 30,
        ["confirm.deny"] = 30,
        ["view.title"] = 24,
        ["view.submit"] = 24,
        ["view.close"] = 24,
        ["image.title"] = 2000,
    };

    /// <param name="drawn">A list of blocks, or a view.</param>
    public static IEnumerable<string> Broken(JsonNode drawn)
    {
        var blocks = drawn as JsonArray ?? drawn["blocks"]!.AsArray();
        var most = drawn is JsonArray ? 50 : 100;
        if (blocks.Count == 0 || blocks.Count > most)
            yield return $"{blocks.Count} blocks, at most {most}";
        foreach (var broken in Repeated(blocks, "block_id", 255).Concat(Lengths(drawn is JsonArray ? "blocks" : "view", drawn)))
            yield return broken;
        foreach (var block in blocks)
        {
            var elements = block!["elements"] as JsonArray;
            if (elements is not null && (elements.Count == 0 || elements.Count > ((string)block["type"]! == "context" ? 10 : 25)))
                yield return $"{elements.Count} elements in {block.ToJsonString()}";
            foreach (var broken in Repeated(elements ?? [], "action_id", 255))
                yield return broken;
        }
    }

    private static IEnumerable<string> Repeated(JsonArray nodes, string name, int longest)
    {
        var ids = nodes.Select(node => (string?)node![name]).OfType<string>().ToList();
        return ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => $"{name} {group.Key} occurs {group.Count()} times")
            .Concat(ids.Where(id => id.Length is 0 || id.Length > longest).Select(id => $"{name} {id} is {id.Length} long"));
    }

    private static IEnumerable<string> Lengths(string kind, JsonNode? node)
    {
        if (node is JsonArray list)
            return list.SelectMany(entry => Lengths(KindOf(entry, kind), entry));
        return node is JsonObject thing ? thing.SelectMany(field => OfField(kind, field.Key, field.Value)) : [];
    }

    private static IEnumerable<string> OfField(string kind, string name, JsonNode? value)
    {
        if (Text(value) is { } text)
        {
            var most = name switch
            {
                "alt_text" => 2000,
                "value" => kind == "option" ? 150 : 2000,
                "private_metadata" => 3000,
                "text" when kind == "mrkdwn" => 3000,
                _ => value is JsonObject ? _longest.GetValueOrDefault($"{kind}.{name}", _longest.GetValueOrDefault(name, 3000)) : int.MaxValue,
            };
            if (text.Length > most || (text.Length == 0 && most < int.MaxValue))
                return [$"{kind}.{name} is {text.Length} long, at most {most}: {text}"];
        }

        var inner = name switch { "confirm" when value is JsonObject => "confirm", "options" => "option", "initial_option" => "option", _ => KindOf(value, name) };
        return value is JsonObject or JsonArray ? Lengths(inner, value) : [];
    }

    private static string KindOf(JsonNode? node, string otherwise) => node is JsonObject thing && (string?)thing["type"] is { } type and not ("modal" or "home") ? type : otherwise;

    private static string? Text(JsonNode? value) => value switch
    {
        JsonObject text when (string?)text["type"] is "plain_text" or "mrkdwn" => (string?)text["text"],
        JsonValue plain when plain.TryGetValue<string>(out var text) => text,
        _ => null,
    };
}
