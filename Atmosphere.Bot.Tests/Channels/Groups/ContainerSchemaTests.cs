using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.WhatsApp.Container;
using Json.Schema;

namespace Atmosphere.Bot.Tests.Channels.Groups;

/// <summary>The published schema and the program's own reader, whose sentences are for people, accept the same messages.</summary>
public sealed class ContainerSchemaTests
{
    private static readonly string _text = ReadText();
    private static readonly JsonSchema _schema = JsonSchema.FromText(_text, new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    private static readonly string[] _values =
    [
        "null", "true", "0", "-1", "1.5", "1772352000.0", "100000000000", "\"\"", "\"message\"", "\"withdrawn\"", "\"group-left\"", "\"members-joined\"", "\"poll\"",
        "\"+15551234567\"", "\"\\u002b15551234567\"", "\"+05551234567\"", "\"15551234567\"", "\"\\ud800\"", "[]", "{}", "[\"+15551234567\"]", "[\"x\"]", "[null]",
        $"\"{new string('x', 200)}\"", $"\"{new string('x', 201)}\"", $"\"{string.Concat(Enumerable.Repeat("\U0001F600", 150))}\"",
        """[{"contentType":"image/png","data":"AAAA"}]""", """[{"contentType":"image/png"}]""", """[{"contentType":"text/plain","data":"AAAA"}]""",
        """[{"contentType":"image/png","data":"AAA"}]""", """[{"contentType":"image/png","data":"AA=="}]""", """[{"contentType":"image/png","data":"AAAA\n"}]""",
        """[{"contentType":"image/png","data":"AAAA","name":"x"}]""", """[{"contentType":"image/png","data":" AAAA"}]""", """[{"contentType":"image/png","data":""}]""",
    ];

    /// <summary>The schema's examples, each whole, without one field, and with one field changed to each of the values above.</summary>
    public static TheoryData<string> Messages()
    {
        var messages = new TheoryData<string>();
        var examples = JsonNode.Parse(_text)!["examples"]!.AsArray();
        string[] fields = ["id", "group", "timestamp", "kind", "from", "text", "members", "media", "message", "colour"];
        foreach (var example in examples.Select(example => example!.ToJsonString()))
        {
            messages.Add(example);
            foreach (var field in fields)
            {
                var changed = JsonNode.Parse(example)!.AsObject();
                if (changed.Remove(field))
                    messages.Add(changed.ToJsonString());
            }
        }

        return messages;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_schema_and_the_reader_agree(string message)
    {
        Agree(message);
        foreach (var field in new[] { "id", "group", "timestamp", "kind", "from", "text", "members", "media", "message", "colour" })
        {
            foreach (var value in _values)
                Agree(With(message, field, value));
        }
    }

    [Fact]
    public void Every_example_of_the_schema_is_accepted() =>
        Assert.All(JsonNode.Parse(_text)!["examples"]!.AsArray(), example => Assert.Null(RefusalOf(example!.ToJsonString())));

    private static string With(string message, string field, string value)
    {
        var fields = JsonNode.Parse(message)!.AsObject().Where(pair => pair.Key != field).Select(pair => $"\"{pair.Key}\":{pair.Value!.ToJsonString()}");
        return $"{{{string.Join(',', fields.Append($"\"{field}\":{value}"))}}}";
    }

    private static void Agree(string message)
    {
        // Half of a surrogate pair is JSON, but no text: the schema cannot read it at all.
        var accepted = !message.Contains("\\ud800", StringComparison.Ordinal) && _schema.Evaluate(JsonDocument.Parse(message).RootElement).IsValid;
        var refusal = RefusalOf(message);
        Assert.True(accepted == refusal is null, $"{message}\nschema: {(accepted ? "accepted" : "refused")}; reader: {refusal ?? "accepted"}");
    }

    private static string? RefusalOf(string message)
    {
        using var body = JsonDocument.Parse(message);
        try
        {
            ContainerMessage.Read(body.RootElement, DateTimeOffset.UnixEpoch);
            return null;
        }
        catch (RefusedRequestException refused)
        {
            return refused.Message;
        }
    }

    private static string ReadText()
    {
        using var stream = typeof(ContainerMessage).Assembly.GetManifestResourceStream("whatsapp-message.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
