using System.Net;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.WhatsApp;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>What the bot answers in a private WhatsApp chat, as Twilio gets it.</summary>
public sealed class WhatsAppRepliesTests : IAsyncLifetime
{
    private WhatsAppBot _bot = null!;

    public async ValueTask InitializeAsync() => _bot = await WhatsAppBot.StartAsync();

    public async ValueTask DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task An_answer_reaches_the_phone_with_numbered_lines_and_a_number_stands_for_one()
    {
        var menu = await _bot.AskAsync("hello");
        Assert.Equal("whatsapp:" + WhatsAppBot.Mother, menu.Form["To"]);
        Assert.Contains("\n1. add child\n2. my children", menu.Body, StringComparison.Ordinal);

        var name = await _bot.AskAsync("1");
        Assert.Contains("name", name.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\n1. cancel", name.Body, StringComparison.Ordinal);
        var cancelled = await _bot.AskAsync("1.");
        Assert.Contains("add child", cancelled.Body, StringComparison.Ordinal);
        Assert.Empty(_bot.Vendor.Offences);
    }

    [Fact]
    public async Task Too_many_requests_are_waited_for_and_sent_once()
    {
        _bot.Vendor.Troubles.Enqueue(new Trouble(429, 20429, RetryAfter: 1));
        _bot.Vendor.Troubles.Enqueue(new Trouble(503, 20503));
        _ = await _bot.AskAsync("hello");
        await ForAllSentAsync();

        Assert.Single(_bot.Vendor.Sent);
        Assert.Equal(3, _bot.Vendor.Asked);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(500)]
    public async Task An_answer_that_Twilio_took_before_the_connection_was_cut_is_found_in_its_list_and_not_sent_again(int? status)
    {
        _bot.Vendor.Troubles.Enqueue(new Trouble(status, Accepted: true));
        var sent = await _bot.AskAsync("hello");
        await ForAllSentAsync();

        Assert.Single(_bot.Vendor.Sent);
        Assert.Equal(1, _bot.Vendor.Asked);
        Assert.Equal(sent.Sid, await _bot.Server.QueryAsync<string>("SELECT vendor_id FROM replies"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(502)]
    public async Task An_answer_that_Twilio_does_not_have_is_sent_when_its_list_says_so(int? status)
    {
        _bot.Vendor.Troubles.Enqueue(new Trouble(status));
        _ = await _bot.AskAsync("hello");
        await ForAllSentAsync();

        Assert.Single(_bot.Vendor.Sent);
        Assert.True(_bot.Vendor.ListsAsked > 0);
    }

    [Fact]
    public async Task A_refusal_is_kept_in_words_and_an_opt_out_with_Twilio_is_one_with_us()
    {
        _bot.Vendor.Troubles.Enqueue(new Trouble(400, 21610));
        await _bot.SayAsync("hello");
        await Eventually.TrueAsync(async () => await _bot.Server.QueryAsync<string>("SELECT state FROM replies") == "refused", "it is refused");

        Assert.Contains("opted out", await _bot.Server.QueryAsync<string>("SELECT error FROM replies"), StringComparison.Ordinal);
        Assert.NotNull(await _bot.Server.QueryAsync<long?>("SELECT stopped_at FROM participants"));
        Assert.Equal(1, _bot.Vendor.Asked);
    }

    [Fact]
    public async Task The_log_names_neither_the_number_nor_the_words_nor_a_report_s_address()
    {
        _bot.Vendor.Troubles.Enqueue(new Trouble(400, 21211));
        await _bot.SayAsync("hello");
        await Eventually.TrueAsync(async () => await _bot.Server.QueryAsync<string>("SELECT state FROM replies") == "refused", "it is refused");
        _ = await _bot.AskAsync("help");
        await Eventually.TrueAsync(async () => await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state = 'sent'") == 1, "it was sent");

        Assert.DoesNotContain(_bot.Server.Log.Lines, line =>
            line.Contains(WhatsAppBot.Mother[1..], StringComparison.Ordinal) || line.Contains("add child", StringComparison.Ordinal)
            || line.Contains("StatusCallback", StringComparison.Ordinal) || line.Contains(FakeTwilio.AuthToken, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("another token")]
    public async Task A_report_that_Twilio_did_not_sign_is_turned_away(string token)
    {
        var sent = await _bot.AskAsync("hello");
        using var forged = await _bot.Vendor.ReportAsync(sent, "failed", 63003, token);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);

        using var strange = await _bot.Vendor.ReportAsync($"{FakeTwilio.PublicUrl}/whatsapp/twilio/status?delivery=nobody", "SM1", "delivered");
        Assert.Equal(HttpStatusCode.OK, strange.StatusCode);
        using var moved = await _bot.Vendor.ReportAsync(sent.Form["StatusCallback"], sent.Sid, "something-new");
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        await ForAllSentAsync();
    }

    [Fact]
    public void A_long_text_is_split_where_a_sentence_ends_and_nothing_of_it_is_lost()
    {
        var sentence = "This is the sentence number {0} of a long story about a class. ";
        var text = string.Concat(Enumerable.Range(1, 60).Select(number => sentence.Replace("{0}", $"{number}", StringComparison.Ordinal))).TrimEnd();
        var parts = WhatsAppText.Parts(new Reply(text, ["yes", "no"]));

        Assert.True(parts.Count > 1);
        Assert.All(parts, part => Assert.InRange(part.Length, 1, WhatsAppText.Longest));
        Assert.All(parts.SkipLast(1), part => Assert.EndsWith(".", part, StringComparison.Ordinal));
        Assert.Equal(text + "\n\n1. yes\n2. no", string.Join(' ', parts));
        Assert.All(WhatsAppText.Parts(new Reply(new string('x', 5000), [])), part => Assert.InRange(part.Length, 1, WhatsAppText.Longest));
    }

    [Theory]
    [InlineData("2", "no")]
    [InlineData(" 2. ", "no")]
    [InlineData("#2", "no")]
    [InlineData("2\uFE0F\u20E3", "no")]
    [InlineData("3", "3")]
    [InlineData("0", "0")]
    [InlineData("4821", "4821")]
    [InlineData("2 of them", "2 of them")]
    public void A_lone_number_stands_for_a_button_that_was_offered(string said, string heard) => Assert.Equal(
        heard, OfferedButtons.Read(new IncomingMessage(IncomingKind.Message, said, []), OfferedButtons.Write(["yes", "no"])).Text);

    [Fact]
    public void Where_a_question_has_numbers_of_its_own_they_mean_those()
    {
        string[] buttons = ["1", "2", "none", "cancel"];
        Assert.Equal("3", OfferedButtons.Read(new IncomingMessage(IncomingKind.Message, "3", []), OfferedButtons.Write(buttons)).Text);
        Assert.Equal(["Which face?\n\n- none\n- cancel"], WhatsAppText.Parts(new Reply("Which face?", buttons)));
    }

    private Task ForAllSentAsync() =>
        Eventually.TrueAsync(async () => await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE state <> 'sent'") == 0
            && await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0, "all is sent and nothing waits");
}
