using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Tests.Channels.Mail;

/// <summary>What arrives at a real mail server: subscriptions, the parts of a report, and whose names are in it.</summary>
public sealed partial class ReportsByMail(MailRoom room) : IClassFixture<MailRoom>, IAsyncLifetime
{
    private static readonly string[] _names = ["Maya", "José", "Zoë", "Bob", "Dora"];

    public async ValueTask InitializeAsync() => await room.EmptyAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_address_gets_reports_only_after_its_link_was_used()
    {
        await room.AskAsync("asked@school.example");
        var question = await room.Smtp.MailToAsync("asked@school.example");
        Assert.True((bool)question["secure"]!);
        Assert.Equal(SmtpPeer.User, (string?)question["user"]);
        await room.ReportAsync();

        // Virus scanners open links: that confirms nothing.
        var link = room.LinkIn(question, "confirm");
        Assert.Contains("<form method=\"post\"", await room.Http.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Equal("asked", await room.Bot.QueryAsync<string>("SELECT state FROM report_subscribers"));
        Assert.Contains("Thank you", await room.PostAsync(link), StringComparison.Ordinal);
        Assert.Contains("Thank you", await room.PostAsync(link), StringComparison.Ordinal);

        var report = await room.ReportAsync();
        var mail = await room.Smtp.MailToAsync("asked@school.example", 1);
        Assert.Contains($"{report.FirstDay:yyyy-MM-dd}", (string?)mail["subject"], StringComparison.Ordinal);
        Assert.StartsWith($"<report-{report.Id}-", (string?)mail["messageId"], StringComparison.Ordinal);
        Assert.EndsWith("@atmosphere.example>", (string?)mail["messageId"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_post_of_a_mail_program_ends_the_reports_and_deletes_the_address()
    {
        await room.SubscribeAsync("leaves@school.example");
        await room.ReportAsync();
        var mail = await room.Smtp.MailToAsync("leaves@school.example", 1);
        Assert.Equal("List-Unsubscribe=One-Click", Header(mail, "list-unsubscribe-post"));
        var header = Regex.Match(Header(mail, "list-unsubscribe"), @"^<https://atmosphere\.example/bot(/mail/unsubscribe/[^>]+)>$");
        Assert.True(header.Success, Header(mail, "list-unsubscribe"));

        var link = room.Local(header.Groups[1].Value);
        Assert.Contains("<form method=\"post\"", await room.Http.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Contains("stopped", await room.PostAsync(link), StringComparison.Ordinal);
        Assert.Contains("stopped", await room.PostAsync(link), StringComparison.Ordinal);
        Assert.Equal(0, await room.Bot.QueryAsync<int>("SELECT COUNT(*) FROM report_subscribers"));

        // Somebody else's report is the sign that this one would have been sent, too.
        await room.SubscribeAsync("stays@school.example");
        await room.ReportAsync();
        await room.Smtp.MailToAsync("stays@school.example", 1);
        Assert.Equal(2, room.Smtp.Mails.Count(one => (string?)one["to"] == "leaves@school.example"));
    }

    [Fact]
    public async Task A_link_that_is_not_ours_or_for_another_purpose_changes_nothing()
    {
        await room.AskAsync("target@school.example");
        var token = room.LinkIn(await room.Smtp.MailToAsync("target@school.example"), "confirm").Segments[^1];
        foreach (var path in new[] { $"/mail/unsubscribe/{token}", $"/mail/confirm/{token}x", "/mail/confirm/abc", "/mail/confirm/a.b" })
        {
            using var answer = await room.Http.PostAsync(room.Local(path), null);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal("asked", await room.Bot.QueryAsync<string>("SELECT state FROM report_subscribers"));
    }

    [Theory]
    [InlineData("en", "ltr", "Photos posted")]
    [InlineData("es", "ltr", "Fotos publicadas")]
    [InlineData("he", "rtl", "תמונות שפורסמו")]
    public async Task A_week_is_a_mail_with_text_html_and_two_plots_in_the_language_of_the_subscriber(string language, string direction, string photos)
    {
        var address = $"week-{language}@school.example";
        await room.SubscribeAsync(address, language);
        var figures = (await room.ReportAsync(week: true)).Figures;
        var mail = await room.Smtp.MailToAsync(address, 1);
        var (html, text) = ((string)mail["html"]!, (string)mail["text"]!);

        Assert.Equal((45, 39), (figures.Photos, figures.Before.Photos));
        Assert.Equal(language, Header(mail, "content-language"));
        Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", html, StringComparison.Ordinal);
        Assert.Contains($"{photos}: 45", text, StringComparison.Ordinal);
        Assert.Contains("Blue &amp; green &lt;class&gt;", html, StringComparison.Ordinal);
        foreach (var number in new[] { figures.Photos, figures.Faces, figures.Deliveries.Accepted, figures.Before.Photos, figures.Before.Faces })
            Assert.Contains($"{number}", html, StringComparison.Ordinal);

        var parts = mail["parts"]!.AsArray();
        Assert.Equal(2, parts.Count);
        foreach (var part in parts)
        {
            Assert.Equal("image/png", (string?)part!["type"]);
            Assert.True((bool)part["related"]!);
            Assert.Equal([0x89, .. "PNG"u8], Convert.FromBase64String((string)part["content"]!)[..4]);
            Assert.Matches($"<img src=\"cid:{Regex.Escape((string)part["id"]!)}\" alt=\"[^\"]+ (17|187),", html);
        }

        // Nothing is loaded from elsewhere, and no link but that to leave is there.
        Assert.Single(Address().Matches(html).Select(found => found.Value).Distinct());
    }

    [Fact]
    public async Task Only_the_groups_teacher_gets_names_and_only_of_children_whose_guardians_consent()
    {
        await room.SubscribeAsync("teacher@school.example", "en", new ParticipantId(MailRoom.Teacher));
        await room.SubscribeAsync("office@school.example");
        await room.SubscribeAsync("mother@home.example", "en", new ParticipantId("mother"));
        await room.ReportAsync(week: true);

        var teacher = Everything(await room.Smtp.MailToAsync("teacher@school.example", 1));
        Assert.Contains("Children in the photos\nJosé, Maya", teacher, StringComparison.Ordinal);
        Assert.Contains("Children in none of the photos\nZoë", teacher, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob", teacher, StringComparison.Ordinal);
        foreach (var address in new[] { "office@school.example", "mother@home.example" })
        {
            var mail = Everything(await room.Smtp.MailToAsync(address, 1));
            Assert.All(_names, name => Assert.DoesNotContain(name, mail, StringComparison.Ordinal));
            Assert.Contains("2/3", mail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_part_of_a_mail_holds_a_number_an_id_or_a_picture_of_a_person()
    {
        await room.SubscribeAsync("parts@school.example", "he", new ParticipantId(MailRoom.Teacher));
        await room.ReportAsync(week: true);
        var everything = Everything(await room.Smtp.MailToAsync("parts@school.example", 1));
        foreach (var secret in new[] { "+1555", "15550001", "photo-", "slack:", "participant", "\"p1\"", MailRoom.Teacher + "\"" })
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        // Drawn plots compress well; a photo of that size would not.
        Assert.All((await room.Smtp.MailToAsync("parts@school.example", 1))["parts"]!.AsArray(), part => Assert.InRange(((string)part!["content"]!).Length, 1_000, 40_000));
    }

    [Fact]
    public async Task A_teacher_whose_approval_was_withdrawn_meanwhile_gets_numbers_only()
    {
        await room.SubscribeAsync("former@school.example", "en", new ParticipantId(MailRoom.Teacher));
        await room.Database.WriteAsync(session => session.ExecuteAsync("UPDATE participants SET teacher_since = NULL WHERE id = 'teacher'"));
        await room.ReportAsync(week: true);
        var mail = Everything(await room.Smtp.MailToAsync("former@school.example", 1));
        await room.Database.WriteAsync(session => session.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE id = 'teacher'"));
        Assert.All(_names, name => Assert.DoesNotContain(name, mail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_asked_again_at_once_gets_one_mail()
    {
        await room.AskAsync("once@school.example");
        await room.AskAsync("Once@School.example");
        await room.Smtp.MailToAsync("once@school.example");
        Assert.Equal(1, await room.Bot.QueryAsync<int>("SELECT COUNT(*) FROM mails"));
        Assert.DoesNotContain("once@", await room.Bot.QueryAsync<string>("SELECT address FROM report_subscribers"), StringComparison.OrdinalIgnoreCase);
    }

    private static string Header(JsonNode mail, string name) => (string?)mail["headers"]![name] ?? "";

    /// <summary>All that a reader or a program could find in the mail.</summary>
    private static string Everything(JsonNode mail) =>
        $"{mail["subject"]}\n{mail["text"]}\n{WebUtility.HtmlDecode((string)mail["html"]!)}\n{mail["headers"]!.ToJsonString()}\n"
        + string.Join('\n', mail["parts"]!.AsArray().Select(part => Encoding.Latin1.GetString(Convert.FromBase64String((string)part!["content"]!))));

    [GeneratedRegex("https?://[^\"]+")]
    private static partial Regex Address();
}
