using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Channels;
using Atmosphere.Bot.Tests.Channels.Slack;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>In a group that asks no teacher and has none, colleagues on Slack say whether a held face is the person's.</summary>
public sealed class ColleaguesSeeHeldFaces : IAsyncLifetime
{
    private static readonly string[] _colleagues = ["U0ANNA", "U0BERT", "U0CARL"];

    private SlackVendor _slack = null!;
    private BotServer _server = null!;
    private HttpClient _http = null!;
    private string? _value;
    private int _number;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackVendor.StartAsync();
        foreach (var user in _colleagues)
            _slack.Room.Join(user);

        _server = await BotServer.StartAsync();
        await using (var parent = await ParentChat.OpenAsync(_server))
        {
            await parent.RegisterAsync("Noa", "noa-1.jpg");
            await parent.HearAsync("is registered");
            await parent.SayAsync("add photos", "mia.jpg");
            await parent.HearAsync("Is it really Noa?");
            await parent.SayAsync("yes");
            await parent.SayAsync("done");
            await parent.HearAsync("first ask somebody who knows the group");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _server.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task Two_colleagues_see_both_faces_and_decide_that_it_is_learned()
    {
        var post = await AskedAsync();
        Assert.Contains("the face on the right is *Noa*", Text(post), StringComparison.Ordinal);
        Assert.Contains("slack_file", Text(post), StringComparison.Ordinal);
        Assert.Equal(1, _slack.Kept);
        // Asked again, they are not asked twice.
        await LookAfterAsync();

        await ClickAsync(post, "tag.same", _colleagues[0]);
        await ClickAsync(post, "tag.same", _colleagues[0]);
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM face_tags") == 1, "the vote is stored");
        Assert.Equal((1, 1), (await LearnedAsync(), await HeldAsync()));

        await ClickAsync(post, "tag.same", _colleagues[1]);
        await EndedAsync(post);
        Assert.Equal(2, await LearnedAsync());
        Assert.Single(_slack.Room.Messages);

        await ClickAsync(post, "tag.other", _colleagues[2]);
        await Eventually.TrueAsync(() => _slack.Room.Answers.Any(answer => $"{answer["text"]}".Contains("answered or closed", StringComparison.Ordinal)), "who comes late is told so");
    }

    [Fact]
    public async Task What_colleagues_say_is_another_child_is_not_learned()
    {
        var post = await AskedAsync();
        await ClickAsync(post, "tag.same", _colleagues[0]);
        await ClickAsync(post, "tag.other", _colleagues[1]);
        await ClickAsync(post, "tag.other", _colleagues[0]);
        await EndedAsync(post);
        Assert.Equal(1, await LearnedAsync());
    }

    [Fact]
    public async Task A_colleague_who_guards_the_child_decides_nothing()
    {
        await _server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO colleagues (voter, participant_id) SELECT 'slack:U0ANNA', participant_id FROM guardians"));
        var post = await AskedAsync();
        await ClickAsync(post, "tag.same", _colleagues[0]);
        await ClickAsync(post, "tag.same", _colleagues[1]);
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM face_tags") == 2, "the votes are stored");
        Assert.Equal((1, 1), (await LearnedAsync(), await HeldAsync()));
        await ClickAsync(post, "tag.same", _colleagues[2]);
        await EndedAsync(post);
        Assert.Equal(2, await LearnedAsync());
    }

    [Fact]
    public async Task The_post_names_and_shows_nobody_when_the_child_is_erased()
    {
        var post = await AskedAsync();
        await _server.Services.GetRequiredService<Database>().WriteAsync(async session => await _server.Services.GetRequiredService<IErasures>().RemovePersonAsync(
            session,
            (await session.QuerySingleOrDefaultAsync<PersonId>("SELECT id FROM persons"))!,
            (await session.QuerySingleOrDefaultAsync<ParticipantId>("SELECT participant_id FROM guardians"))!));
        await Eventually.TrueAsync(async () => await _server.QueryAsync<string>("SELECT state FROM erasures") == "erased", "the child is erased");
        Assert.DoesNotContain("Noa", Text(post), StringComparison.Ordinal);
        Assert.Equal((0, 0L), (_slack.Kept, await _server.QueryAsync<long>("SELECT COUNT(*) FROM held_face_posts")));
    }

    [Fact]
    public async Task Where_a_group_wants_a_teachers_confirmation_colleagues_are_not_asked_and_doctor_names_the_group()
    {
        await WithSlackAsync(confirm: "on");
        Assert.Contains("no teacher in class", await DoctorAsync(), StringComparison.Ordinal);
        await LookAfterAsync();
        Assert.Empty(_slack.Room.Messages);
    }

    /// <summary>Slack is set up, which shuts the doors of this machine; then the colleagues are asked.</summary>
    private async Task<PlayedMessage> AskedAsync()
    {
        await WithSlackAsync();
        Assert.DoesNotContain("no teacher in", await DoctorAsync(), StringComparison.Ordinal);
        await LookAfterAsync();
        await Eventually.TrueAsync(() => _slack.Room.Messages.Count > 0, "colleagues are asked");
        return _slack.Room.Messages[0];
    }

    /// <summary>The class becomes a group like any other, without confirmation, whose member the parent is.</summary>
    private async Task WithSlackAsync(string confirm = "off")
    {
        _server.Set([.. _slack.Settings]);
        await _server.RestartAsync();
        _http = new HttpClient { BaseAddress = _server.Address };
        var (code, _, error) = await CommandLineRun.OfAsync("groups", "set", "class", "--confirm", confirm, "--data", _server.Data);
        Assert.True(code == ExitCode.Success, error);
        await _server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO group_participants (group_id, participant_id, joined_at) SELECT 'class', participant_id, 1 FROM guardians"));
    }

    private async Task LookAfterAsync()
    {
        await _server.Services.GetRequiredService<Database>().WriteAsync(
            session => _server.Services.GetRequiredService<IOutbox>().SendAsync(session, new LookAfterRequests(DateTimeOffset.UnixEpoch)));
        await QuietAsync();
    }

    private async Task EndedAsync(PlayedMessage post)
    {
        await Eventually.TrueAsync(() => Text(post).Contains("has been answered", StringComparison.Ordinal), "the post says that it is answered");
        await QuietAsync();
        Assert.DoesNotContain("Noa", Text(post), StringComparison.Ordinal);
        Assert.Equal((0, 0L, 0L), (_slack.Kept, await HeldAsync(), await _server.QueryAsync<long>("SELECT COUNT(*) FROM face_tags")));
    }

    private Task QuietAsync() => Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0, "all messages are handled");

    private async Task<string> DoctorAsync()
    {
        string[] settings = [.. _slack.Settings.Select(setting => $"--{setting.Item1}={setting.Item2}")];
        var (_, printed, _) = await CommandLineRun.OfAsync(["doctor", "--data", _server.Data, "--urls", "http://127.0.0.1:0", .. settings]);
        return printed;
    }

    private Task<long> LearnedAsync() => _server.QueryAsync<long>("SELECT COUNT(*) FROM collection_faces WHERE user_id IS NOT NULL");

    private Task<long> HeldAsync() => _server.QueryAsync<long>("SELECT COUNT(*) FROM held_faces");

    private static string Text(PlayedMessage post) => $"{post.Text} {post.Blocks!.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}";

    private async Task ClickAsync(PlayedMessage post, string action, string user)
    {
        var button = post.Blocks!.Where(block => block!["elements"] is not null).SelectMany(block => block!["elements"]!.AsArray())
            .FirstOrDefault(element => $"{element!["action_id"]}" == action)?["value"] ?? _value!;
        _value = $"{button}";
        var payload = new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject { ["id"] = user, ["team_id"] = SlackVendor.Team },
            ["team"] = new JsonObject { ["id"] = SlackVendor.Team },
            ["channel"] = new JsonObject { ["id"] = SlackVendor.Channel },
            ["trigger_id"] = $"trigger-{++_number}",
            ["response_url"] = _slack.ResponseUrl,
            ["actions"] = new JsonArray(new JsonObject { ["action_id"] = action, ["block_id"] = "answers", ["action_ts"] = $"{1_772_352_000 + _number}.000100", ["value"] = _value }),
        };
        var body = $"payload={Uri.EscapeDataString(payload.ToJsonString())}";
        var second = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/interactivity") { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.TryAddWithoutValidation(SlackSignature.Timestamp, second);
        request.Headers.TryAddWithoutValidation(SlackSignature.Header, SlackSignature.Of(second, Encoding.UTF8.GetBytes(body), SlackVendor.SigningSecret));
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await QuietAsync();
    }
}
