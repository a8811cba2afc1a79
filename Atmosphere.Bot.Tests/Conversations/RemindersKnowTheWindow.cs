using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.Reminders;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Conversations;

/// <summary>A registration that rests is reminded of once, while the bot may write unasked.</summary>
public sealed class RemindersKnowTheWindow : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private BotServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await BotServer.StartAsync(
        services => services.AddSingleton<TimeProvider>(_clock),
        ("Atmosphere:Timers:registrations:Enabled", "false"), ("Atmosphere:Timers:retention:Enabled", "false"));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("whatsapp", 3, false, false)]
    [InlineData("whatsapp", 5, false, true)]
    [InlineData("whatsapp", 23, false, true)]
    [InlineData("whatsapp", 25, false, false)]
    [InlineData("whatsapp", 5, true, false)]
    [InlineData("directline", 25, false, true)]
    [InlineData("directline", 25, true, false)]
    public async Task A_resting_registration_is_reminded_of(string channel, int hours, bool stopped, bool reminded)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        await ExecuteAsync(
            $"""
            INSERT INTO participants (id, channel, address, reference, language, created_at, heard_at, stopped_at)
            VALUES ('parent', '{channel}', '+15551234567', '{"{}"}', 'en', 0, {now}, {(stopped ? "1" : "NULL")})
            """);
        await ExecuteAsync($"INSERT INTO conversations (id, participant_id, version, state, updated_at) VALUES ('c', 'parent', 3, '{{\"state\":\"AskName\"}}', {now})");
        _clock.Advance(TimeSpan.FromHours(hours));

        await RemindAsync();
        Assert.Equal(reminded ? 1 : 0, await CountAsync());
        await RemindAsync();
        Assert.Equal(reminded ? 1 : 0, await CountAsync());
    }

    [Fact]
    public async Task A_conversation_in_which_nothing_is_open_is_left_in_peace()
    {
        await using var chat = new Transcripts.DirectLineChat(_server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        _clock.Advance(TimeSpan.FromHours(5));

        await RemindAsync();

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public void A_time_that_cannot_work_is_named_with_its_key_and_its_range()
    {
        var problem = Assert.Single(new ConversationOptions { RemindAfter = TimeSpan.FromDays(2) }.AllProblems());
        Assert.Equal("Atmosphere:Conversations:RemindAfter is 2.00:00:00; use 00:10:00 to 23:00:00 ([days.]hours:minutes:seconds; the default is 04:00:00).", problem);
    }

    private async Task RemindAsync()
    {
        var effects = await new RemindOfRegistrations(Options.Create(new ConversationOptions()), _clock).HandleAsync(new RegistrationsAwaited(_clock.GetUtcNow()), default);
        await _server.Services.GetRequiredService<Database>().WriteAsync(session => effects.ApplyAsync(session, _server.Services.GetRequiredService<IOutbox>()));
    }

    private Task<long> CountAsync() => _server.QueryAsync<long>("SELECT COUNT(*) FROM conversations WHERE reminded_at IS NOT NULL");

    private Task<int> ExecuteAsync(string sql) => _server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(sql));
}
