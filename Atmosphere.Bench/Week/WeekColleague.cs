using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;

namespace Atmosphere.Bench.Week;

/// <summary>A colleague on Slack: every click is a signed request, as Slack sends it.</summary>
/// <param name="user">Their id on Slack.</param>
/// <param name="http">To the server.</param>
/// <param name="slack">Where the messages are.</param>
/// <param name="secret">Slack signs with it.</param>
/// <param name="clock">As the server reads it.</param>
internal sealed class WeekColleague(string user, HttpClient http, FakeSlack slack, string secret, TimeProvider clock)
{
    private int _clicks;

    public string User => user;

    public string Voter => $"slack:{user}";

    /// <summary>Clicks the button with this action, or one that is counted on from it, such as tag.person.2.</summary>
    /// <param name="fits">Whether it is the button that is meant, by its value.</param>
    /// <returns>The click's trigger; null where there is no such button.</returns>
    public async Task<string?> ClickAsync(JsonObject message, string action, Func<string, bool> fits, CancellationToken cancellation)
    {
        foreach (var (block, element) in Elements(message))
        {
            var id = element["action_id"]?.ToString() ?? "";
            if ((id == action || id.StartsWith(action + ".", StringComparison.Ordinal)) && fits(element["value"]?.ToString() ?? ""))
                return await ActAsync(message, block, new JsonObject { ["type"] = "button", ["action_id"] = id, ["block_id"] = block, ["value"] = element["value"]!.ToString() }, cancellation);
        }

        return null;
    }

    /// <summary>Types into the list of persons and takes the one that is meant.</summary>
    /// <returns>False where nobody of that name is offered.</returns>
    public async Task<bool> SelectAsync(JsonObject message, string name, string person, CancellationToken cancellation)
    {
        var (block, element) = Elements(message).FirstOrDefault(one => one.Element["type"]?.ToString() == "external_select");
        if (element is null)
            return false;
        var action = element["action_id"]!.ToString();
        var asked = new JsonObject
        {
            ["type"] = "block_suggestion",
            ["user"] = Who(),
            ["team"] = Team(),
            ["action_id"] = action,
            ["block_id"] = block,
            ["value"] = name,
            ["container"] = Container(message),
            ["channel"] = Room(),
        };
        var options = JsonNode.Parse(await PostAsync("slack/options", asked, cancellation))?["options"]?.AsArray();
        var option = options?.FirstOrDefault(one => one!["value"]!.ToString() == person);
        if (option is null)
            return false;
        await ActAsync(
            message, block,
            new JsonObject { ["type"] = "external_select", ["action_id"] = action, ["block_id"] = block, ["selected_option"] = option.DeepClone() }, cancellation);
        return true;
    }

    /// <summary>Sends a form with its text fields filled in, in their order.</summary>
    /// <returns>What Slack would show next.</returns>
    public async Task<string> SubmitAsync(JsonObject form, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var values = new JsonObject();
        var next = 0;
        foreach (var block in form["blocks"]!.AsArray().Where(block => block!["type"]?.ToString() == "input"))
        {
            var element = block!["element"]!;
            var type = element["type"]!.ToString();
            var value = new JsonObject { ["type"] = type };
            if (type is "plain_text_input" or "email_text_input")
                value["value"] = texts[next++];
            else
                value["selected_option"] = (element["initial_option"] ?? element["options"]![0]!).DeepClone();
            values[block["block_id"]!.ToString()] = new JsonObject { [element["action_id"]!.ToString()] = value };
        }

        var view = form.DeepClone().AsObject();
        view["hash"] = "1";
        view["state"] = new JsonObject { ["values"] = values };
        return await PostAsync("slack/interactivity", new JsonObject { ["type"] = "view_submission", ["user"] = Who(), ["team"] = Team(), ["view"] = view, ["trigger_id"] = Trigger() }, cancellation);
    }

    private async Task<string> ActAsync(JsonObject message, string block, JsonObject action, CancellationToken cancellation)
    {
        var trigger = Trigger();
        action["action_ts"] = $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{_clicks:D6}";
        await PostAsync(
            "slack/interactivity",
            new JsonObject
            {
                ["type"] = "block_actions",
                ["user"] = Who(),
                ["team"] = Team(),
                ["channel"] = Room(),
                ["trigger_id"] = trigger,
                ["response_url"] = slack.AnswerUrl(),
                ["container"] = Container(message),
                ["message"] = new JsonObject { ["ts"] = message["ts"]!.ToString() },
                ["actions"] = new JsonArray(action),
            },
            cancellation);
        return trigger;
    }

    private async Task<string> PostAsync(string path, JsonObject payload, CancellationToken cancellation)
    {
        var body = "payload=" + Uri.EscapeDataString(payload.ToJsonString());
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"))));
        using var answer = await http.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(cancellation);
    }

    private static IEnumerable<(string Block, JsonObject Element)> Elements(JsonObject message) =>
        from block in message["blocks"]!.AsArray()
        from element in (block!["elements"] as JsonArray ?? [block["accessory"]?.DeepClone()]).OfType<JsonObject>()
        select (block["block_id"]?.ToString() ?? "", element);

    private string Trigger() => $"{user}.{++_clicks}";

    private JsonObject Who() => new() { ["id"] = user, ["username"] = user, ["team_id"] = FakeSlack.Team };

    private static JsonObject Team() => new() { ["id"] = FakeSlack.Team, ["domain"] = "week" };

    private static JsonObject Room() => new() { ["id"] = FakeSlack.Channel, ["name"] = "faces" };

    private static JsonObject Container(JsonObject message) => new() { ["type"] = "message", ["message_ts"] = message["ts"]!.ToString(), ["channel_id"] = FakeSlack.Channel, ["is_ephemeral"] = false };
}
