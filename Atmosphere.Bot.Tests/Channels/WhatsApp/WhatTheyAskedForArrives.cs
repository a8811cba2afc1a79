using System.Net;
using System.Text.Json;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>Receipts, goodbyes and exports reach who asked for them, on WhatsApp as well and even after they opted out; nothing else does.</summary>
public sealed class WhatTheyAskedForArrives : IAsyncLifetime
{
    private WhatsAppBot _bot = null!;

    public async ValueTask InitializeAsync()
    {
        _bot = await WhatsAppBot.StartAsync();
        _ = await _bot.AskAsync("hello");
    }

    public async ValueTask DisposeAsync() => await _bot.DisposeAsync();

    [Fact]
    public async Task The_receipt_and_the_last_word_reach_who_opted_out()
    {
        _ = await _bot.AskAsync("stop");
        await _bot.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO erasures (id, kind, state, asked_at, ended_at, searched) VALUES ('gone', 'person', 'erased', 1, 2, 'everything')"));
        var mother = new ParticipantId((await _bot.Server.QueryAsync<string>("SELECT id FROM participants"))!);
        var before = _bot.Vendor.Sent.Count;
        await _bot.WriteAsync(session => _bot.Get<IOutbox>().SendAsync(session, new PersonErased(new ErasureId("gone"), mother)));
        await Eventually.TrueAsync(() => _bot.Vendor.Sent.Count == before + 1, "the receipt is sent");
        await _bot.WriteAsync(session => _bot.Get<IOutbox>().SendAsync(session, new ParticipantForgotten(new ErasureId("all"), mother, TimeSpan.FromHours(1))));
        await Eventually.TrueAsync(() => _bot.Vendor.Sent.Count == before + 2, "the last word is sent");

        Assert.Equal(SendOutcome.Refused, await NoticeAsync(mother, "unasked", askedFor: false));
        Assert.Equal(SendOutcome.Sent, await NoticeAsync(mother, "asked", askedFor: true));
        Assert.Equal(before + 3, _bot.Vendor.Sent.Count);
    }

    [Fact]
    public async Task What_waits_goes_with_stop_only_where_they_asked_for_it()
    {
        var mother = new ParticipantId((await _bot.Server.QueryAsync<string>("SELECT id FROM participants"))!);
        foreach (var asked in new[] { false, true })
            _ = await NoticeAsync(mother, $"asked-{asked}", asked);
        await _bot.WriteAsync(session => session.ExecuteAsync(
            """
            UPDATE replies SET state = 'waiting', vendor_id = NULL, held_at = 1, body = (SELECT body FROM replies r WHERE r.body IS NOT NULL LIMIT 1) WHERE turn_id IS NULL;
            """));
        _ = await _bot.AskAsync("stop");
        await Eventually.TrueAsync(async () => await StateAsync("asked-True") == "sent", "the one that was asked for is sent");
        Assert.Equal("waiting", await StateAsync("asked-False"));
    }

    [Fact]
    public async Task A_number_after_a_notice_still_answers_the_question_before_it()
    {
        var mother = new ParticipantId((await _bot.Server.QueryAsync<string>("SELECT id FROM participants"))!);
        var values = new Dictionary<string, string> { ["asker"] = "A", ["name"] = "Noa", ["typed"] = "Noa", ["group"] = "Red", ["number"] = "4821" };
        _ = await _bot.Get<IParents>().SendAsync(
            new ParentNotice(new DeliveryId("question"), mother, "requests.confirmation", values, null) { Buttons = ["requests.allow-button", "requests.refuse-button"] }, default);
        Assert.EndsWith("\n- allow 4821\n- refuse 4821", _bot.Vendor.Sent.Last().Body, StringComparison.Ordinal);
        Assert.Contains("name", (await _bot.AskAsync("1")).Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_export_is_a_link_for_a_while_that_nobody_else_can_use(bool stopped)
    {
        if (stopped)
            _ = await _bot.AskAsync("stop");
        var sent = await _bot.AskAsync("export");
        var link = sent.Body![sent.Body!.IndexOf(FakeTwilio.PublicUrl, StringComparison.Ordinal)..].Trim();
        using var got = await _bot.Vendor.FetchAsync(link);
        Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        Assert.True(got.Headers.CacheControl?.NoStore);
        Assert.Equal("atmosphere.json", got.Content.Headers.ContentDisposition?.FileName);
        using var export = JsonDocument.Parse(await got.Content.ReadAsByteArrayAsync());
        Assert.Equal(WhatsAppBot.Mother, export.RootElement.GetProperty("you").GetProperty("address").GetString());
        Assert.NotNull(await _bot.Server.QueryAsync<long?>("SELECT exported_at FROM participants"));
        Assert.DoesNotContain(_bot.Server.Log.Lines, line => line.Contains(link[^30..], StringComparison.Ordinal));

        using var forged = await _bot.Vendor.FetchAsync(link[..^3] + "AAA");
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        await _bot.WriteAsync(session => session.ExecuteAsync("UPDATE replies SET media = NULL"));
        using var past = await _bot.Vendor.FetchAsync(link);
        Assert.Equal(HttpStatusCode.Gone, past.StatusCode);
        Assert.Empty(_bot.Vendor.Offences);
    }

    [Fact]
    public async Task What_Twilio_lists_is_looked_for_by_indexes()
    {
        await Eventually.TrueAsync(
            async () => await _bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM replies WHERE vendor_id IS NULL") == 0, "the answer's own number is stored");
        await _bot.WriteAsync(session => session.ExecuteAsync("UPDATE replies SET vendor_id = 'SMa', undelivered_id = 'SMb'"));
        Assert.Equal(["SMc"], await _bot.Get<Recognition.Storage.Database>().ReadAsync(session => ReplyStore.UnclaimedAsync(session, ["SMa", "SMb", "SMc"])));
        Assert.Empty(await _bot.Get<Recognition.Storage.Database>().ReadAsync(session => ReplyStore.UnclaimedAsync(session, [])));
        var plan = await _bot.Get<Recognition.Storage.Database>().ReadAsync(session => session.QueryAsync<Step>(
            $"EXPLAIN QUERY PLAN {ReplyStore.Claimed}", new { vendorIds = (string[])["SMa", "SMb"] }));
        foreach (var index in (string[])["replies_by_vendor", "replies_by_undelivered"])
            Assert.Contains(plan, step => step.Detail.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Detail.StartsWith("SCAN replies", StringComparison.Ordinal) && !step.Detail.Contains("INDEX", StringComparison.Ordinal));
    }

    private Task<SendOutcome> NoticeAsync(ParticipantId to, string id, bool askedFor) => _bot.Get<IParents>().SendAsync(
        new ParentNotice(new DeliveryId(id), to, "forget-me.forgotten", new Dictionary<string, string>(), null) { AskedFor = askedFor }, default);

    private Task<string?> StateAsync(string reply) => _bot.Server.QueryAsync<string>("SELECT state FROM replies WHERE id = @reply", new { reply });

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
