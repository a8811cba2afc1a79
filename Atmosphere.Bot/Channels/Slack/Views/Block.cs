using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>The parts of Block Kit that we use, named as in Slack's reference. Texts are cut at Slack's limits.</summary>
internal static class Block
{
    private const int MostOfAText = 3000;
    private const int MostOfALabel = 75;
    private const int MostOfAHeader = 150;
    private const int MostOfAnAltText = 2000;

    /// <param name="markdown">Slack's mrkdwn; escape names with <see cref="SlackText.Escape"/>.</param>
    public static JsonObject Section(string markdown, JsonObject? accessory = null)
    {
        var block = new JsonObject { ["type"] = "section", ["text"] = Markdown(markdown) };
        if (accessory is not null)
            block["accessory"] = accessory;
        return block;
    }

    public static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = Plain(text, MostOfAHeader) };

    public static JsonObject Divider() => new() { ["type"] = "divider" };

    /// <param name="elements">At most ten: <see cref="Markdown"/> or <see cref="Picture"/>.</param>
    public static JsonObject Context(params IEnumerable<JsonObject> elements) => new() { ["type"] = "context", ["elements"] = new JsonArray([.. elements]) };

    /// <param name="id">The block_id; at most 255 characters.</param>
    /// <param name="elements">At most 25.</param>
    public static JsonObject Actions(string id, params IEnumerable<JsonObject> elements) =>
        new() { ["type"] = "actions", ["block_id"] = id, ["elements"] = new JsonArray([.. elements]) };

    /// <param name="id">The action_id.</param>
    /// <param name="value">At most 2,000 characters.</param>
    /// <param name="style">primary, danger; null: plain.</param>
    public static JsonObject Button(string id, string text, string value, string? style = null)
    {
        var button = new JsonObject { ["type"] = "button", ["action_id"] = id, ["text"] = Plain(text, MostOfALabel), ["value"] = value };
        if (style is not null)
            button["style"] = style;
        return button;
    }

    /// <summary>Adds a confirmation dialog to a button or a list.</summary>
    public static JsonObject Confirmed(JsonObject element, string title, string text, string yes, string no)
    {
        element["confirm"] = new JsonObject
        {
            ["title"] = Plain(title, 100),
            ["text"] = Plain(text, 300),
            ["confirm"] = Plain(yes, 30),
            ["deny"] = Plain(no, 30),
        };
        return element;
    }

    /// <summary>A picture: a block, or, without a title, an element of a context or a section.</summary>
    /// <param name="file">Slack's id of an uploaded file.</param>
    /// <param name="altText">Description for users who cannot see the picture.</param>
    public static JsonObject Picture(string file, string altText) =>
        new() { ["type"] = "image", ["slack_file"] = new JsonObject { ["id"] = file }, ["alt_text"] = Cut(altText, MostOfAnAltText) };

    /// <summary>A list whose entries come from our options webhook while the user types.</summary>
    public static JsonObject ExternalSelect(string id, string placeholder, int leastLetters = 0) => new()
    {
        ["type"] = "external_select",
        ["action_id"] = id,
        ["placeholder"] = Plain(placeholder, MostOfAHeader),
        ["min_query_length"] = leastLetters,
    };

    public static JsonObject Option(string text, string value) => new() { ["text"] = Plain(text, MostOfALabel), ["value"] = value };

    /// <summary>An input field of a form.</summary>
    public static JsonObject Input(string id, string label, JsonObject element, string? hint = null, bool optional = false)
    {
        var block = new JsonObject { ["type"] = "input", ["block_id"] = id, ["label"] = Plain(label, 2000), ["element"] = element, ["optional"] = optional };
        if (hint is not null)
            block["hint"] = Plain(hint, 2000);
        return block;
    }

    /// <param name="most">Maximum length of the text.</param>
    public static JsonObject TextInput(string id, int most, string? placeholder = null)
    {
        var element = new JsonObject { ["type"] = "plain_text_input", ["action_id"] = id, ["max_length"] = most };
        if (placeholder is not null)
            element["placeholder"] = Plain(placeholder, MostOfAHeader);
        return element;
    }

    public static JsonObject Markdown(string text) => new() { ["type"] = "mrkdwn", ["text"] = Cut(text, MostOfAText) };

    public static JsonObject Plain(string text, int most = MostOfAText) => new() { ["type"] = "plain_text", ["text"] = Cut(text, most), ["emoji"] = true };

    /// <summary>Shortens a text to a length, with an ellipsis if something is left out.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var length = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..length] + "…";
    }
}
