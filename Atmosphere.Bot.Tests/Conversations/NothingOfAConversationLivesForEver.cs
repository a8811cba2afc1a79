using System.Net;
using Atmosphere.Bot.Channels.DirectLine;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Conversations;

/// <summary>The real bot with a clock that the test moves.</summary>
public sealed class NothingOfAConversationLivesForEver : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private BotServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await BotServer.StartAsync(services => services.AddSingleton<TimeProvider>(_clock), ("Atmosphere:Timers:registrations:Enabled", "false"));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_registration_that_a_parent_does_not_go_on_with_is_forgotten_after_a_day()
    {
        await using var chat = await BotFrameworkChat.StartAsync(_server);
        await AskAsync(chat, ("1", "add child", []), ("2", "Rumpelstiltskin", []), ("3", "", ["four.jpg"]));

        await AfterAsync(TimeSpan.FromHours(22));
        Assert.Equal(1, await CountAsync("conversations WHERE state LIKE '%Rumpel%'"));
        await AfterAsync(TimeSpan.FromHours(2));
        Assert.Equal(0, await CountAsync("conversations WHERE state LIKE '%Rumpel%' OR state LIKE '%four%'"));
        Assert.Equal(0, await CountAsync("uploads"));
        await Eventually.TrueAsync(() => _server.FilesIn("training").Length == 0, "the files are deleted");

        Assert.Contains("I have closed it", (await chat.HearAsync()).Text, StringComparison.Ordinal);
        await chat.SayAsync("4", "2", []);
        Assert.Contains("What would you like to do?", (await chat.HearAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_of_a_registration_whose_file_is_missing_is_reported()
    {
        await using var chat = await BotFrameworkChat.StartAsync(_server);
        await AskAsync(chat, ("1", "add child", []), ("2", "Noa", []), ("3", "", ["four.jpg"]));
        var uploads = await CountAsync("uploads");
        Assert.NotEqual(0, uploads);
        Assert.Empty((await AfterAsync(TimeSpan.Zero)).Missing);

        foreach (var file in _server.FilesIn("training"))
            File.Delete(file);
        Assert.Equal([new MissingFiles("uploads.media", (int)uploads)], (await AfterAsync(TimeSpan.Zero)).Missing);
    }

    [Fact]
    public async Task The_picture_of_a_reply_is_missed_only_while_the_reply_is_still_to_leave()
    {
        await using var chat = await BotFrameworkChat.StartAsync(_server);
        await AskAsync(chat, ("1", "add child", []));
        await Eventually.TrueAsync(async () => await CountAsync("replies WHERE state = 'sent'") == 1, "the reply is sent");
        await ExecuteAsync("UPDATE replies SET media = 'outbound/gone.jpg'");
        Assert.Empty((await AfterAsync(TimeSpan.Zero)).Missing);

        await ExecuteAsync("UPDATE replies SET state = 'sending'");
        Assert.Equal([new MissingFiles("replies.media", 1)], (await AfterAsync(TimeSpan.Zero)).Missing);
    }

    [Fact]
    public async Task A_sent_reply_loses_its_picture_after_a_day_and_its_id_with_the_inbox()
    {
        await using var chat = await BotFrameworkChat.StartAsync(_server);
        await AskAsync(chat, ("1", "add child", []), ("2", "Noa", []), ("3", "", ["four.jpg"]));
        await Eventually.TrueAsync(async () => await CountAsync("replies WHERE state = 'sent'") == 3, "the replies are sent");

        await StopAsync();
        await AfterAsync(TimeSpan.FromHours(25));
        Assert.Equal(3, await CountAsync("replies WHERE body IS NULL AND media IS NULL"));
        await chat.SayAsync("1", "add child", []);
        Assert.Equal(3, await CountAsync("turns"));

        await AfterAsync(TimeSpan.FromDays(6));
        Assert.Equal(0, await CountAsync("replies"));
        Assert.Equal(0, await CountAsync("turns"));
        Assert.Equal(3, await chat.CountAsync());
    }

    [Fact]
    public async Task The_words_of_a_reply_that_went_back_in_the_response_go_after_a_day_too()
    {
        await using var chat = await BotFrameworkChat.StartAsync(_server);
        using var response = await chat.TryPostAsync(chat.Activity("message", "1", activity =>
        {
            activity["text"] = "help";
            activity["deliveryMode"] = "expectReplies";
        }));
        Assert.True(response.IsSuccessStatusCode);

        await AfterAsync(TimeSpan.FromHours(23));
        Assert.Equal(1, await CountAsync("replies WHERE body IS NOT NULL"));
        await AfterAsync(TimeSpan.FromHours(2));
        Assert.Equal(0, await CountAsync("replies WHERE body IS NOT NULL"));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("unknown")]
    public async Task A_reply_that_did_not_arrive_goes_after_seven_days(string state)
    {
        await using var chat = await BotFrameworkChat.StartAsync(_server);
        await AskAsync(chat, ("1", "help", []));
        await Eventually.TrueAsync(async () => await CountAsync("replies WHERE state = 'sent'") == 1, "the reply is sent");
        await ExecuteAsync($"UPDATE replies SET state = '{state}', body = '{{}}', sent_at = NULL");

        await AfterAsync(TimeSpan.FromDays(6));
        Assert.Equal(1, await CountAsync("replies WHERE body IS NOT NULL"));
        await AfterAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, await CountAsync("replies"));
    }

    [Fact]
    public async Task A_chat_without_a_word_for_seven_days_goes_with_everything_of_it()
    {
        await using var chat = new DirectLineChat(_server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        await AskAsync(chat, ("1", "add child", []), ("2", "Noa", []), ("3", "", ["four.jpg"]));

        await StopAsync();
        await AfterAsync(TimeSpan.FromDays(6));
        Assert.Equal(7, await CountAsync("direct_line_activities"));
        await AfterAsync(TimeSpan.FromDays(1));
        foreach (var table in (string[])["direct_line_activities", "direct_line_conversations", "conversations", "turns", "uploads", "participants", "group_participants"])
            Assert.True(await CountAsync(table) == 0, table);
        await Eventually.TrueAsync(() => _server.FilesIn("training").Length == 0, "the files are deleted");
    }

    [Fact]
    public async Task A_guardian_keeps_an_empty_chat_in_which_the_next_photo_arrives_after_the_watermark()
    {
        await using var chat = new DirectLineChat(_server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        await AskAsync(chat, ("1", "help", []));
        var parent = new ParticipantId((await _server.QueryAsync<string>("SELECT id FROM participants"))!);
        await ExecuteAsync("INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('noa', 'class', 'Noa', 'connected', 0)");
        await ExecuteAsync($"INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('noa', '{parent}', 'owner', 0)");

        await AfterAsync(TimeSpan.FromDays(8));
        Assert.Equal(0, await CountAsync("direct_line_activities WHERE body <> ''"));
        Assert.Equal(1, await CountAsync("participants"));

        var notice = new ParentNotice(new DeliveryId("next"), parent, "photo.delivered", new Dictionary<string, string> { ["names"] = "Noa" }, null);
        Assert.Equal(SendOutcome.Sent, await _server.Services.GetRequiredService<IParents>().SendAsync(notice, default));
        Assert.Equal(4, await _server.QueryAsync<long>("SELECT MAX(position) FROM direct_line_activities WHERE source_id = 'next'"));
        var reader = _server.Services.GetRequiredService<DirectLineReader>();
        var read = await reader.ReadAsync(chat.Conversation, 0, "http://localhost", default);
        Assert.Contains("Noa", Assert.Single(read.Activities).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_to_a_picture_of_a_chat_that_is_gone_says_so()
    {
        await using var server = await BotServer.StartAsync(
            services => services.AddSingleton<TimeProvider>(_clock), ("Atmosphere:Retention:Chats", "00:10:00"));
        await using var chat = new DirectLineChat(server);
        await chat.OpenAsync();
        _ = await chat.HearAsync();
        await AskAsync(chat, ("1", "", ["noa-1.jpg"]));
        var read = await server.Services.GetRequiredService<DirectLineReader>().ReadAsync(chat.Conversation, 1, server.Address.GetLeftPart(UriPartial.Authority), default);
        var link = new Uri(read.Activities[0].Attachments![0].ContentUrl!);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(link)).StatusCode);

        _clock.Advance(TimeSpan.FromMinutes(11));
        _ = await server.Services.GetRequiredService<Retention>().RunAsync(default);
        Assert.Equal(HttpStatusCode.Gone, (await http.GetAsync(link)).StatusCode);
        await Eventually.TrueAsync(() => server.FilesIn("training").Length == 0, "the file is deleted");
    }

    [Fact]
    public void A_time_that_cannot_work_is_named_with_its_key_and_its_range()
    {
        var problem = Assert.Single(new ConversationRetentionOptions { Chats = TimeSpan.FromDays(400) }.AllProblems());
        Assert.Equal("Atmosphere:Retention:Chats is 400.00:00:00; use 00:01:00 to 365.00:00:00 ([days.]hours:minutes:seconds; the default is 7.00:00:00).", problem);
    }

    /// <summary>Who said stop hears nothing that they did not ask for.</summary>
    private Task<int> StopAsync() => ExecuteAsync("UPDATE participants SET stopped_at = 1");

    private static async Task AskAsync(IChat chat, params (string Id, string Text, string[] Files)[] said)
    {
        foreach (var (id, text, files) in said)
        {
            await chat.SayAsync(id, text, files);
            _ = await chat.HearAsync();
        }
    }

    private async Task<RetentionReport> AfterAsync(TimeSpan time)
    {
        // A photo that is being discarded would be deleted by that, and not by its age.
        await Eventually.TrueAsync(async () => await CountAsync("messages") == 0, "nothing is worked on");
        _clock.Advance(time);
        return await _server.Services.GetRequiredService<Retention>().RunAsync(default);
    }

    private Task<long> CountAsync(string rows) => _server.QueryAsync<long>($"SELECT COUNT(*) FROM {rows}");

    private Task<int> ExecuteAsync(string sql) => _server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(sql));
}
