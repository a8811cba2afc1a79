using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>"report" in a chat: for teachers of a group, and after the address was confirmed.</summary>
public sealed class TeachersAskInTheChat
{
    [Fact]
    public async Task A_teacher_gets_reports_with_names_at_the_address_that_they_wrote_and_ends_them_in_the_chat()
    {
        SmtpPeer.SkipIfMissing();
        await using var smtp = await SmtpPeer.StartAsync();
        await using var bot = await BotServer.StartAsync(
            services => services.PostConfigure<PublicDoors>(doors => doors.OpenedBy = null), [.. smtp.Settings, ("Atmosphere:PublicUrl", "https://atmosphere.example/bot")]);
        var database = bot.Services.GetRequiredService<Database>();
        await MailRoom.FillAsync(database);
        using var teacher = await DirectLineClient.StartAsync(bot.Address, default);

        Assert.Contains("for the teachers of a group", await AnswerAsync(teacher, "report ana@school.example"), StringComparison.Ordinal);
        await database.WriteAsync(session => session.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE channel = 'directline'"));
        Assert.Contains("report ana@example.org", await AnswerAsync(teacher, "report"), StringComparison.Ordinal);
        Assert.Contains("no mail address", await AnswerAsync(teacher, "report to my school"), StringComparison.Ordinal);
        Assert.Contains("Blue & green <class>", await AnswerAsync(teacher, "Report ana@school.example"), StringComparison.Ordinal);

        var question = await smtp.MailToAsync("ana@school.example");
        using var http = new HttpClient();
        using var confirmed = await http.PostAsync(
            new Uri(bot.Address, System.Text.RegularExpressions.Regex.Match($"{question["text"]}", @"/mail/confirm/\S+").Value), null);
        Assert.True(confirmed.IsSuccessStatusCode);
        Assert.Contains("report stop", await AnswerAsync(teacher, "report"), StringComparison.Ordinal);
        await bot.Services.GetRequiredService<OperatorReports>().GenerateAsync(new GroupId("class"), ReportPeriod.Week, MailRoom.Sunday.AddDays(7));
        Assert.Contains("José, Maya", (string?)(await smtp.MailToAsync("ana@school.example", 1))["text"], StringComparison.Ordinal);

        Assert.Contains("no reports by mail any more", await AnswerAsync(teacher, "report stop"), StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync<int>("SELECT COUNT(*) FROM report_subscribers"));
    }

    private static int _said;

    private static async Task<string> AnswerAsync(DirectLineClient client, string text)
    {
        var before = (await client.HistoryAsync(lines => lines.Count > 0, Eventually.Limit, default)).Count;
        await client.SayAsync(text, $"said-{Interlocked.Increment(ref _said)}", default);
        return (await client.HistoryAsync(lines => lines.Count > before, Eventually.Limit, default))[^1].Text;
    }
}
