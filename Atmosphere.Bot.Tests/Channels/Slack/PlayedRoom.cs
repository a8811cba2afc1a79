using System.Globalization;
using System.Text.Json.Nodes;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Slack's channels, views and users.</summary>
internal sealed class PlayedRoom(SlackVendor slack)
{
    private readonly Lock _gate = new();
    private readonly List<PlayedMessage> _messages = [];
    private int _number;

    /// <summary>Who is in the workspace: their id, and the user object without its id.</summary>
    public Dictionary<string, JsonObject> Users { get; } = [];

    /// <summary>Who is in the channel.</summary>
    public List<string> Members { get; } = ["U0BOT"];

    /// <summary>Views by where they are: the trigger of a modal, home and a user, the id of a view.</summary>
    public Dictionary<string, JsonNode> Views { get; } = [];

    /// <summary>What was answered to clicks and commands.</summary>
    public List<JsonObject> Answers { get; } = [];

    /// <summary>How many posts a page of the history has.</summary>
    public int OnAPage { get; set; } = 100;

    public IReadOnlyList<PlayedMessage> Messages
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    public void Delete(string ts)
    {
        lock (_gate)
            _ = _messages.RemoveAll(message => message.Ts == ts);
    }

    /// <summary>Somebody who is called by their id is in the workspace and in the channel.</summary>
    public void Join(string user)
    {
        Users[user] = new JsonObject
        {
            ["team_id"] = SlackVendor.Team,
            ["locale"] = "en-US",
            ["real_name"] = user,
            ["is_bot"] = false,
            ["deleted"] = false,
            ["profile"] = new JsonObject { ["real_name"] = user, ["display_name"] = user },
        };
        Members.Add(user);
    }

    /// <summary>Somebody else posts.</summary>
    public void Add(PlayedMessage message)
    {
        lock (_gate)
            _messages.Add(message);
    }

    public string NewTs()
    {
        var now = slack.Clock.GetUtcNow();
        return string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds()}.{Interlocked.Increment(ref _number):D6}");
    }

    public object Respond(JsonObject message)
    {
        lock (_gate)
            Answers.Add(message);
        if (message["blocks"] is JsonArray blocks)
            slack.Drawn.Enqueue(blocks.DeepClone());
        return new { ok = true };
    }

    public object Answer(string method, IReadOnlyDictionary<string, string> arguments)
    {
        lock (_gate)
        {
            return method switch
            {
                "auth.test" => new { ok = true, bot_id = SlackVendor.Bot, user_id = "U0BOT", team_id = SlackVendor.Team },
                "chat.postMessage" or "chat.postEphemeral" => Post(arguments, arguments.GetValueOrDefault("user")),
                "chat.update" => Update(arguments),
                "conversations.history" => History(arguments),
                "conversations.members" => new { ok = true, members = Members, response_metadata = new { next_cursor = "" } },
                "conversations.open" => new { ok = true, channel = new { id = $"D{arguments["users"][1..]}" } },
                "users.info" => User(arguments["user"]),
                "views.open" => Show(arguments["trigger_id"], arguments["view"], "modal"),
                "views.update" => Show(arguments["view_id"], arguments["view"], "modal"),
                "views.publish" => Show($"home {arguments["user_id"]}", arguments["view"], "home"),
                _ => SlackVendor.Refusal("unknown_method"),
            };
        }
    }

    private object Post(IReadOnlyDictionary<string, string> arguments, string? onlyFor)
    {
        var channel = arguments["channel"];
        if (channel != SlackVendor.Channel && !channel.StartsWith('D'))
            return SlackVendor.Refusal("channel_not_found");
        var blocks = BlocksOf(arguments);
        if (BrokenIn(blocks) is { Length: > 0 } broken)
            return SlackVendor.Refusal("invalid_blocks", broken);
        // A screen reader and a notification say nothing else.
        Assert.InRange(arguments["text"].Length, 1, 40_000);
        Assert.Equal("false", arguments.GetValueOrDefault("unfurl_links", "false"));
        var thread = arguments.GetValueOrDefault("thread_ts");
        if (thread is not null && _messages.All(message => message.Ts != thread))
            return SlackVendor.Refusal("thread_not_found");
        var message = new PlayedMessage(channel, NewTs()) { Text = arguments["text"], Blocks = blocks, Metadata = MetadataOf(arguments), Thread = thread, OnlyFor = onlyFor };
        _messages.Add(message);
        return new { ok = true, channel, ts = message.Ts };
    }

    private object Update(IReadOnlyDictionary<string, string> arguments)
    {
        var message = _messages.SingleOrDefault(message => message.Ts == arguments["ts"] && message.Channel == arguments["channel"]);
        if (message is null)
            return SlackVendor.Refusal("message_not_found");
        if (message.Bot != SlackVendor.Bot)
            return SlackVendor.Refusal("cant_update_message");
        var blocks = BlocksOf(arguments);
        if (BrokenIn(blocks) is { Length: > 0 } broken)
            return SlackVendor.Refusal("invalid_blocks", broken);
        (message.Text, message.Blocks, message.Metadata) = (arguments["text"], blocks, MetadataOf(arguments) ?? message.Metadata);
        return new { ok = true, channel = message.Channel, ts = message.Ts };
    }

    private object History(IReadOnlyDictionary<string, string> arguments)
    {
        Assert.Equal("true", arguments["include_all_metadata"]);
        Assert.InRange(int.Parse(arguments["limit"], CultureInfo.InvariantCulture), 1, 999);
        var oldest = decimal.Parse(arguments.GetValueOrDefault("oldest", "0"), CultureInfo.InvariantCulture);
        var skip = int.Parse(arguments.GetValueOrDefault("cursor", "0"), CultureInfo.InvariantCulture);
        var since = _messages.Where(message => message.Channel == arguments["channel"] && message.Thread is null && message.OnlyFor is null)
            .Where(message => decimal.Parse(message.Ts, CultureInfo.InvariantCulture) > oldest).Reverse().ToList();
        var page = since.Skip(skip).Take(OnAPage).Select(message => new { type = "message", ts = message.Ts, bot_id = message.Bot, text = message.Text, metadata = message.Metadata });
        var next = skip + OnAPage < since.Count ? $"{skip + OnAPage}" : "";
        return new { ok = true, messages = page, has_more = next.Length > 0, response_metadata = new { next_cursor = next } };
    }

    private object User(string id)
    {
        if (!Users.TryGetValue(id, out var user))
            return SlackVendor.Refusal("user_not_found");
        var copy = user.DeepClone();
        copy["id"] = id;
        return new { ok = true, user = copy };
    }

    private object Show(string place, string view, string type)
    {
        var drawn = JsonNode.Parse(view)!;
        Assert.Equal(type, (string?)drawn["type"]);
        slack.Drawn.Enqueue(drawn);
        if (SlackLimits.Broken(drawn).Concat(FilesIn(drawn["blocks"]!.AsArray())).ToArray() is { Length: > 0 } broken)
            return SlackVendor.Refusal("invalid_arguments", broken);
        Views[place] = drawn;
        return new { ok = true, view = new { id = $"V{Views.Count:D9}", hash = "1.a", type } };
    }

    private JsonArray? BlocksOf(IReadOnlyDictionary<string, string> arguments)
    {
        if (!arguments.TryGetValue("blocks", out var text))
            return null;
        var blocks = JsonNode.Parse(text)!.AsArray();
        slack.Drawn.Enqueue(blocks.DeepClone());
        return blocks;
    }

    private string[] BrokenIn(JsonArray? blocks) => blocks is null ? [] : [.. SlackLimits.Broken(blocks), .. FilesIn(blocks)];

    private IEnumerable<string> FilesIn(JsonArray blocks) => blocks.SelectMany((block, index) => new[]
    {
        (Node: block, Where: $"/blocks/{index}/slack_file"),
        (Node: block!["accessory"], Where: $"/blocks/{index}/accessory/slack_file"),
    }).Where(place => place.Node?["slack_file"] is { } file && !slack.Files.MayBeShown((string?)file["id"])).Select(place => $"invalid slack file [json-pointer:{place.Where}]");

    private static JsonNode? MetadataOf(IReadOnlyDictionary<string, string> arguments)
    {
        if (!arguments.TryGetValue("metadata", out var text))
            return null;
        var metadata = JsonNode.Parse(text)!;
        Assert.Matches(@"\A[a-zA-Z0-9_-]+\z", (string)metadata["event_type"]!);
        _ = metadata["event_payload"]!.AsObject();
        return metadata;
    }
}
