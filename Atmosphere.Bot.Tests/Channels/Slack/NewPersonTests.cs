using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class NewPersonTests : IAsyncLifetime
{
    private readonly RecordingInvitations _invitations = new();
    private PlayedSlack _slack = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await PlayedSlack.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<IInvitations>(_invitations)));
        _slack.Questions.Waiting.Add(FakeQuestions.View("q1"));
        await _slack.GetKnownAsync();
    }

    public async ValueTask DisposeAsync() => await _slack.DisposeAsync();

    [Fact]
    public async Task The_form_opens_with_the_groups_name_and_invites_once_however_often_it_is_sent()
    {
        await _slack.InteractAsync(_slack.Click("tag.new", "q1"));
        var opened = (await _slack.HeardAsync("views.open", 1))[0];
        var view = JsonNode.Parse($"{opened["view"]}")!;
        Assert.Equal(("new-person", "q1"), ($"{view["callback_id"]}", $"{view["private_metadata"]}"));
        Assert.StartsWith("trigger-", $"{opened["trigger_id"]}", StringComparison.Ordinal);
        Assert.Contains("Blue class", view.ToJsonString(), StringComparison.Ordinal);

        for (var time = 0; time < 2; time++)
        {
            var answer = (await _slack.InteractAsync(Submission(" Maya  Cohen ", "00972 50-123 45 67")))!;
            Assert.Equal("update", $"{answer["response_action"]}");
            Assert.Contains("ABCD-EFGH", answer.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains("https://wa.me/1?text=ABCD-EFGH", answer.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal(["q1 slack:U0000DANA Maya Cohen +972501234567 blue"], _invitations.Made);
        Assert.Empty(_slack.Tags.Taken);
        Assert.DoesNotContain(_slack.Server.Log.Lines, line => line.Contains("Cohen", StringComparison.Ordinal) || line.Contains("97250", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "+972501234567", "name")]
    [InlineData("123", "+972501234567", "name")]
    [InlineData("Maya", "0501234567", "phone")]
    [InlineData("Maya", "+", "phone")]
    [InlineData("Maya", "+97250123456789012", "phone")]
    [InlineData("Maya", "call me", "phone")]
    public async Task A_field_that_cannot_be_used_is_named_at_the_field_and_the_form_may_be_sent_again(string name, string phone, string field)
    {
        var answer = (await _slack.InteractAsync(Submission(name, phone)))!;
        Assert.Equal("errors", $"{answer["response_action"]}");
        Assert.Equal([field], answer["errors"]!.AsObject().Select(error => error.Key));
        Assert.NotEmpty($"{answer["errors"]![field]}");
        Assert.Empty(_invitations.Made);
        Assert.Equal("update", $"{(await _slack.InteractAsync(Submission("Maya", "+972501234567")))!["response_action"]}");
    }

    [Fact]
    public async Task A_group_that_is_not_the_questions_and_a_name_that_is_too_long_are_errors()
    {
        Assert.NotNull((await _slack.InteractAsync(Submission("Maya", "+972501234567", "red")))!["errors"]!["group"]);
        Assert.NotNull((await _slack.InteractAsync(Submission(new string('x', 61), "+972501234567")))!["errors"]!["name"]);
        Assert.Empty(_invitations.Made);
    }

    [Fact]
    public async Task A_stranger_cannot_send_the_form()
    {
        var submission = Submission("Maya", "+972501234567");
        submission["user"]!["id"] = "U00UNHEARD";
        Assert.Contains("other workspaces", $"{(await _slack.InteractAsync(submission))!["errors"]!["name"]}", StringComparison.Ordinal);
        Assert.Empty(_invitations.Made);
    }

    [Theory]
    [InlineData("expired_trigger_id")]
    [InlineData("ratelimited")]
    public async Task A_form_that_comes_too_late_asks_for_another_click(string error)
    {
        _slack.Errors["views.open"] = error;
        await _slack.InteractAsync(_slack.Click("tag.new", "q1"));
        Assert.Contains("press the button again", $"{(await _slack.HeardAsync("response_url", 1))[0]["text"]}", StringComparison.Ordinal);
        Assert.Equal(1, _slack.Calls.Count(call => call.Method == "views.open"));
    }

    [Fact]
    public async Task A_question_that_is_gone_opens_no_form()
    {
        await _slack.InteractAsync(_slack.Click("tag.new", "q9"));
        Assert.Contains("not there any more", $"{(await _slack.HeardAsync("response_url", 1))[0]["text"]}", StringComparison.Ordinal);
        Assert.DoesNotContain(_slack.Calls, call => call.Method == "views.open");
    }

    [Fact]
    public async Task A_child_called_like_a_mention_mentions_nobody()
    {
        var answer = (await _slack.InteractAsync(Submission("<!channel>", "+972501234567")))!;
        Assert.Contains("&lt;!channel&gt;", $"{answer["view"]!["blocks"]![0]!["text"]!["text"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_form_is_no_submission()
    {
        var closed = Submission("Maya", "+972501234567");
        closed["type"] = "view_closed";
        Assert.Null(await _slack.InteractAsync(closed));
        Assert.Empty(_invitations.Made);
    }

    [Theory]
    [InlineData("+1 (555) 123-4567", "+15551234567")]
    [InlineData("\u200e+49\u00a0170.1234567", "+491701234567")]
    [InlineData("+0123456789", null)]
    [InlineData(null, null)]
    public void Numbers_are_read_as_people_write_them(string? typed, string? phone) => Assert.Equal(phone, PhoneNumber.Read(typed ?? ""));

    private static JsonObject Submission(string name, string phone, string group = "blue") => new()
    {
        ["type"] = "view_submission",
        ["user"] = new JsonObject { ["id"] = "U0000DANA" },
        ["team"] = new JsonObject { ["id"] = PlayedSlack.Team },
        ["view"] = new JsonObject
        {
            ["id"] = "V0001",
            ["callback_id"] = "new-person",
            ["private_metadata"] = "q1",
            ["state"] = new JsonObject
            {
                ["values"] = new JsonObject
                {
                    ["name"] = new JsonObject { ["name"] = new JsonObject { ["value"] = name } },
                    ["phone"] = new JsonObject { ["phone"] = new JsonObject { ["value"] = phone } },
                    ["group"] = new JsonObject { ["group"] = new JsonObject { ["selected_option"] = new JsonObject { ["value"] = group } } },
                },
            },
        },
    };

    private sealed class RecordingInvitations : IInvitations
    {
        public string? PhoneOf(string typed) => PhoneNumber.Read(typed);

        public ConcurrentQueue<string> Made { get; } = new();

        public Task<Invitation> InviteAsync(Session session, QuestionId question, string voter, string name, string phone, GroupId group)
        {
            Made.Enqueue($"{question} {voter} {name} {phone} {group}");
            return Task.FromResult(new Invitation("ABCD-EFGH", "https://wa.me/1?text=ABCD-EFGH"));
        }
    }
}
