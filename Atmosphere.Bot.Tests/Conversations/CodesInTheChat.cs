using Atmosphere.Bot.Channels.Telling;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Conversations;

/// <summary>Codes that are typed where they do not belong, too often, or too late; what teachers and parents hear of a confirmation.</summary>
public sealed class CodesInTheChat : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private BotServer _server = null!;
    private BotFrameworkChat _chat = null!;
    private int _said;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync(
            services => services.AddSingleton<TimeProvider>(_clock),
            ("Atmosphere:Timers:registrations:Enabled", "false"), ("Atmosphere:Timers:retention:Enabled", "false"));
        _chat = await BotFrameworkChat.StartAsync(_server);
        await _chat.OpenAsync();
        _ = await _chat.HearAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _chat.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_code_is_no_childs_name()
    {
        var code = await TeachersCodeAsync();
        await AskAsync("add child");

        Assert.Contains("That is a code and no name", await AskAsync(code), StringComparison.Ordinal);
        await AskAsync("cancel");

        Assert.Contains("You are an approved teacher now", await AskAsync(code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_ten_wrong_codes_none_is_looked_up_for_an_hour_not_even_a_right_one()
    {
        var code = await TeachersCodeAsync();
        for (var guess = 0; guess < 10; guess++)
            Assert.Contains("I do not know this code", await AskAsync(CodeTable.New()), StringComparison.Ordinal);

        Assert.Contains("Please try again in an hour", await AskAsync(code), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("codes WHERE used_at IS NOT NULL"));
        _clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Contains("You are an approved teacher now", await AskAsync(code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yes_after_the_codes_time_makes_nobody_a_guardian()
    {
        var code = await SharedCodeAsync();
        Assert.Contains("Do you agree", await AskAsync(code), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromHours(49));

        Assert.Contains("it is older than 48 hours", await AskAsync("yes"), StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("guardians"));
    }

    [Fact]
    public async Task A_code_that_was_typed_and_then_left_alone_is_spent_when_the_dialog_is_closed()
    {
        var code = await SharedCodeAsync();
        Assert.Contains("Do you agree", await AskAsync(code), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes((23 * 60) + 30));
        _ = await _server.Services.GetRequiredService<Retention>().RunAsync(default);

        Assert.Equal(1, await CountAsync("codes WHERE used_by = 'spent'"));
        Assert.Equal(0, await CountAsync("conversations WHERE dialog = 'share-code'"));
    }

    [Theory]
    [InlineData(RequestKind.Confirmation, "requests.confirmation", "portraits/maya.jpg")]
    [InlineData(RequestKind.Guardian, "requests.guardian", null)]
    public async Task Who_confirms_a_child_sees_the_learned_face_and_who_lets_a_guardian_in_does_not(RequestKind kind, string text, string? picture)
    {
        await MotherAsync();
        await ExecuteAsync("UPDATE persons SET portrait = 'portraits/maya.jpg'");
        await _server.Services.GetRequiredService<Database>().WriteAsync(session => RequestTable.AddAsync(
            session, "one", kind, new PersonId("maya"), new ParticipantId("mother"), new ParticipantId("mother"), "{\"name\":\"Maya\"}", null, _clock.GetUtcNow()));
        var parents = new RecordingParents();

        await ActivatorUtilities.CreateInstance<Tell<RequestMade>>(_server.Services, parents).HandleAsync(new RequestMade("one"), default);

        var notice = Assert.Single(parents.Got);
        Assert.Equal(text, notice.Text);
        Assert.Equal(picture, notice.Picture?.Value);
    }

    [Fact]
    public async Task Where_no_teacher_is_the_parent_is_told_that_somebody_confirms()
    {
        await MotherAsync();
        await ExecuteAsync("UPDATE groups SET confirms = 1");
        var parents = new RecordingParents();

        await ActivatorUtilities.CreateInstance<Tell<PersonConnected>>(_server.Services, parents).HandleAsync(new PersonConnected(new PersonId("maya"), new ParticipantId("mother")), default);

        Assert.Equal("connect-person.waits", Assert.Single(parents.Got).Text);
    }

    private async Task<string> AskAsync(string text)
    {
        await _chat.SayAsync($"said-{++_said}", text, []);
        return (await _chat.HearAsync()).Text;
    }

    private Task<string> TeachersCodeAsync() => CodeAsync(new Code(CodeKind.Teacher, null, null, "{}"), TimeSpan.FromDays(7));

    private async Task<string> SharedCodeAsync()
    {
        await MotherAsync();
        return await CodeAsync(new Code(CodeKind.Share, new ParticipantId("mother"), new PersonId("maya"), "{}"), TimeSpan.FromHours(48));
    }

    private Task<string> CodeAsync(Code code, TimeSpan lifetime) => _server.Services.GetRequiredService<Database>().WriteAsync(session =>
        _server.Services.GetRequiredService<CodeTable>().CreateAsync(session, code, lifetime));

    /// <summary>Another parent of the class with a child.</summary>
    private async Task MotherAsync()
    {
        var group = await _server.QueryAsync<string>("SELECT id FROM groups");
        await ExecuteAsync("INSERT INTO participants (id, channel, address, reference, language, created_at) VALUES ('mother', 'directline', 'mother', '{}', 'en', 0)");
        await ExecuteAsync($"INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', '{group}', 'Maya', 'connected', 0)");
        await ExecuteAsync("INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('maya', 'mother', 'owner', 0)");
    }

    private Task<long> CountAsync(string rows) => _server.QueryAsync<long>($"SELECT COUNT(*) FROM {rows}");

    private Task<int> ExecuteAsync(string sql) => _server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(sql));
}
