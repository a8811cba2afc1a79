using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>Answers of a real mail server: later, never, and none at all. The same report is never mailed twice.</summary>
public sealed class WhatMailServersDo(MailRoom room) : IClassFixture<MailRoom>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await room.EmptyAsync();

    public async ValueTask DisposeAsync()
    {
        room.Bot.Set([.. room.Smtp.Settings]);
        await room.Database.WriteAsync(session => session.ExecuteAsync("DELETE FROM messages WHERE queue = 'mails'"));
    }

    [Fact]
    public async Task Greylisting_delays_a_mail()
    {
        await SubscribedAsync("grey@school.example");
        var report = await room.ReportAsync();
        await room.Smtp.MailToAsync("grey@school.example");
        await StateIsAsync("sent", report);
        Assert.Single(room.Smtp.Attempts, "grey@school.example");
    }

    [Fact]
    public async Task A_server_that_says_451_is_asked_again_until_the_mail_is_given_up_with_its_words()
    {
        await SubscribedAsync("busy@school.example");
        var report = await room.ReportAsync();
        await StateIsAsync("failed", report);
        Assert.Equal(16, room.Smtp.Attempts.Count(address => address == "busy@school.example"));
        Assert.Equal("The mail server does not take the mail yet: 451 The mailbox of the address is busy", await DeadAsync());
    }

    [Theory]
    [InlineData("refused@school.example", "550 There is no mailbox the address here")]
    [InlineData("limit@school.example", "552 The mailbox is full")]
    public async Task What_a_server_refuses_for_good_is_a_dead_letter_with_its_words_at_once(string address, string words)
    {
        await SubscribedAsync(address);
        var report = await room.ReportAsync();
        await StateIsAsync("failed", report);
        Assert.Equal($"The mail server refuses the mail: {words}", await DeadAsync());
        Assert.Single(room.Smtp.Attempts, address);
        Assert.Equal("mail-open", await room.Bot.QueryAsync<string>("SELECT kind FROM notifications WHERE kind LIKE 'mail%'"));
    }

    [Fact]
    public async Task A_connection_that_ends_after_the_mail_was_handed_over_leaves_the_decision_to_an_operator()
    {
        await SubscribedAsync("lost@school.example");
        var report = await room.ReportAsync();
        await StateIsAsync("unknown", report);
        Assert.Single(room.Smtp.Mails, mail => (string?)mail["to"] == "lost@school.example");

        // Asked for once more, it is the same mail: a mail program can see that.
        var reports = room.Bot.Services.GetRequiredService<OperatorReports>();
        var open = Assert.Single(await reports.OpenMailsAsync(10));
        Assert.True(await reports.DecideAsync(open.Id, again: true));
        Assert.False(await reports.DecideAsync(open.Id, again: true));
        await room.Smtp.MailToAsync("lost@school.example", 1);
        await StateIsAsync("unknown", report);
        Assert.Single(room.Smtp.Mails.Where(mail => (string?)mail["to"] == "lost@school.example").Select(mail => (string?)mail["messageId"]).Distinct());
        Assert.True(await reports.DecideAsync(open.Id, again: false));
        Assert.Equal("withheld", await room.StateAsync(report));
    }

    [Theory]
    [InlineData("Atmosphere:Mail:CaFile", "other", "No trusted TLS connection")]
    [InlineData("Atmosphere:Mail:Host", "127.0.0.1", "No trusted TLS connection")]
    [InlineData("Atmosphere:Mail:Port", "plain", "offers no STARTTLS")]
    [InlineData("Atmosphere:Mail:Password", "wrong", "refuses the user or the password")]
    public async Task A_server_that_cannot_be_trusted_or_does_not_know_us_gets_no_mail(string key, string value, string reason)
    {
        await SubscribedAsync($"safe-{value}@school.example");
        room.Bot.Set((key, value switch { "other" => room.Smtp.OtherCertificate, "plain" => $"{room.Smtp.PlainPort}", _ => value }));
        await room.Bot.RestartAsync();
        var report = await room.ReportAsync();
        await StateIsAsync("failed", report);
        room.Bot.Set([.. room.Smtp.Settings]);
        await room.Bot.RestartAsync();

        Assert.Contains(reason, await DeadAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(room.Smtp.Mails, mail => (string?)mail["to"] == $"safe-{value}@school.example");
    }

    private Task SubscribedAsync(string address) => room.Database.WriteAsync(async session =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var subscriber = await SubscriberTable.AskAsync(session, new GroupId("class"), address, null, "en", ReportRhythm.Both, now);
        Assert.True(await SubscriberTable.ConfirmAsync(session, subscriber!.Id, now));
        await session.ExecuteAsync("DELETE FROM notifications");
    });

    private Task StateIsAsync(string state, Report report) =>
        Eventually.TrueAsync(async () => await room.StateAsync(report) == state, $"the mail is {state}");

    private Task<string?> DeadAsync() => room.Bot.QueryAsync<string>("SELECT reason FROM dead_letters WHERE queue = 'mails'");
}
