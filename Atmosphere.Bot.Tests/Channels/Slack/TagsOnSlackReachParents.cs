using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>The whole bot between a photo of the group, two colleagues on Slack, and a mother.</summary>
public sealed class TagsOnSlackReachParents : IAsyncLifetime
{
    private static readonly string[] _colleagues = ["U0ANNA", "U0BERT", "U0CARL"];

    private readonly RecordingParents _parents = new();
    private SlackVendor _slack = null!;
    private BotServer _bot = null!;
    private HttpClient _http = null!;
    private int _number;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackVendor.StartAsync();
        foreach (var user in _colleagues)
            _slack.Room.Join(user);

        _bot = await BotServer.StartAsync(
            services => services.Replace(ServiceDescriptor.Singleton<IParents>(_parents)), [.. _slack.Settings, ("Atmosphere:Tagging:PostPause", "00:00:00")]);
        _http = new HttpClient { BaseAddress = _bot.Address };
        await RegisterAsync();
        await _bot.Services.GetRequiredService<GroupPhotos>().ReceiveAsync(RecognitionHost.Class, "trip", "trip.jpg", RecognitionHost.Sample(1), default);
        await Eventually.TrueAsync(() => _slack.Room.Messages.Count > 0, "somebody is asked");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _bot.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task Two_colleagues_say_who_it_is_and_the_mother_gets_the_photo_once()
    {
        var post = _slack.Room.Messages[0];
        var block = Elements(post).Single(place => $"{place.Element["action_id"]}" == "tag.select").Block;
        var entry = Assert.Single((await SendAsync("/slack/options", Typed(block, "no")))!["options"]!.AsArray())!;
        Assert.Equal("Noa", $"{entry["text"]!["text"]}");

        var first = Choice(_colleagues[0], block, $"{entry["value"]}");
        await SendAsync("/slack/interactivity", first);
        await Eventually.TrueAsync(() => Text(post).Contains($"<@{_colleagues[0]}>", StringComparison.Ordinal), "the post shows the first vote");
        Assert.Empty(_parents.Got);
        await SendAsync("/slack/interactivity", Choice(_colleagues[1], block, $"{entry["value"]}"));
        // Slack did not see the answer, and tells again.
        await SendAsync("/slack/interactivity", first);

        await Eventually.TrueAsync(() => Text(post).Contains("this is *Noa*", StringComparison.Ordinal) && !_parents.Got.IsEmpty, "the post says who it is, and the mother has the photo");
        Assert.All(_colleagues[..2], user => Assert.Contains($"<@{user}>", Text(post), StringComparison.Ordinal));
        var sent = Assert.Single(_parents.Got);
        Assert.Equal(("mother", "photo.found-later"), (sent.To.Value, sent.Text));
        Assert.NotNull(sent.Picture);

        await SendAsync("/slack/interactivity", Choice(_colleagues[2], block, $"{entry["value"]}"));
        await Eventually.TrueAsync(() => _slack.Room.Answers.Any(answer => $"{answer["text"]}".Contains("answered or closed", StringComparison.Ordinal)), "who comes late is told so");
        Assert.Equal(2, await _bot.QueryAsync<long>("SELECT COUNT(*) FROM face_tags"));
        Assert.Equal(1, await _bot.QueryAsync<long>("SELECT COUNT(*) FROM trained_faces WHERE state = 'sent'"));
        Assert.Single(_parents.Got);
    }

    [Fact]
    public async Task The_home_shows_the_face_and_is_shown_without_it_when_somebody_deleted_the_picture()
    {
        var home = await OpenHomeAsync();
        var picture = home["blocks"]!.AsArray().Select(block => block!["accessory"]?["slack_file"]?["id"]).First(id => id is not null)!;
        Assert.Contains($"{picture}", _slack.Files.Ids);

        foreach (var file in _slack.Files.Ids)
            _slack.Files.Forget(file);
        var without = await OpenHomeAsync();
        Assert.DoesNotContain("slack_file", without.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Its picture cannot be shown here.", without.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>A child whose looks the bot does not know: only colleagues can tell.</summary>
    private async Task RegisterAsync()
    {
        await _bot.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO groups (id, name, confirms, checks_matches, created_at) VALUES ('class', 'The class', 0, 0, 0) ON CONFLICT DO NOTHING;
            INSERT INTO participants (id, channel, address, reference, language, created_at) VALUES ('mother', 'directline', 'mother', '{}', 'en', 0);
            INSERT INTO group_participants (group_id, participant_id, joined_at) VALUES ('class', 'mother', 0);
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('noa', 'class', 'Noa', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('noa', 'mother', 'owner', 0);
            INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES ('noa', 'mother', '1', 'I agree.', 0);
            """));
        var (collections, collection) = (_bot.Services.GetRequiredService<IFaceCollections>(), CollectionId.Of(RecognitionHost.Class));
        await collections.CreateCollectionAsync(collection, default);
        await collections.CreateUserAsync(collection, new PersonId("noa"), default);
    }

    private async Task<JsonNode> OpenHomeAsync()
    {
        var before = _slack.Calls.Count(call => call == "views.publish");
        var told = new JsonObject
        {
            ["type"] = "event_callback",
            ["team_id"] = SlackVendor.Team,
            ["event_id"] = $"Ev{++_number}",
            ["event"] = new JsonObject { ["type"] = "app_home_opened", ["user"] = _colleagues[0], ["tab"] = "home" },
        };
        await PostAsync("/slack/events", told.ToJsonString(), "application/json");
        await Eventually.TrueAsync(
            async () => _slack.Calls.Count(call => call == "views.publish") > before
                && await _bot.QueryAsync<long>("SELECT COUNT(*) FROM messages WHERE queue = 'slack-homes'") == 0,
            "the home is drawn");
        return _slack.Room.Views[$"home {_colleagues[0]}"];
    }

    private static string Text(PlayedMessage post) => $"{post.Text} {post.Blocks!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}";

    private static IEnumerable<(string Block, JsonNode Element)> Elements(PlayedMessage post) =>
        post.Blocks!.Where(block => block!["elements"] is not null).SelectMany(block => block!["elements"]!.AsArray().Select(element => ($"{block["block_id"]}", element!)));

    private JsonObject Typed(string block, string value) => new()
    {
        ["type"] = "block_suggestion",
        ["action_id"] = "tag.select",
        ["block_id"] = block,
        ["value"] = value,
        ["user"] = new JsonObject { ["id"] = _colleagues[0] },
        ["team"] = new JsonObject { ["id"] = SlackVendor.Team },
    };

    private JsonObject Choice(string user, string block, string person) => new()
    {
        ["type"] = "block_actions",
        ["user"] = new JsonObject { ["id"] = user, ["team_id"] = SlackVendor.Team },
        ["team"] = new JsonObject { ["id"] = SlackVendor.Team },
        ["channel"] = new JsonObject { ["id"] = SlackVendor.Channel },
        ["trigger_id"] = $"trigger-{++_number}",
        ["response_url"] = _slack.ResponseUrl,
        ["actions"] = new JsonArray(new JsonObject
        {
            ["action_id"] = "tag.select",
            ["block_id"] = block,
            ["action_ts"] = $"{1_772_352_000 + _number}.000100",
            ["selected_option"] = new JsonObject { ["value"] = person },
        }),
    };

    private async Task<JsonNode?> SendAsync(string path, JsonObject payload)
    {
        var answer = await PostAsync(path, $"payload={Uri.EscapeDataString(payload.ToJsonString())}", "application/x-www-form-urlencoded");
        return answer.Length > 0 ? JsonNode.Parse(answer) : null;
    }

    private async Task<string> PostAsync(string path, string body, string type)
    {
        var second = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.TryAddWithoutValidation(SlackSignature.Timestamp, second);
        request.Headers.TryAddWithoutValidation(SlackSignature.Header, SlackSignature.Of(second, Encoding.UTF8.GetBytes(body), SlackVendor.SigningSecret));
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
