using System.Globalization;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Channels.Mail;

/// <summary>Writes the mails in the recipient's language: reports, and the question whether an address wants them.</summary>
internal sealed class MailTexts(Languages languages, MailLinks links, IMediaStore media) : IMailTexts
{
    public async Task<WrittenMail> WriteAsync(MailDraft draft, CancellationToken cancellation) =>
        draft.Report is { } report ? Report(draft, report, await FacesAsync(draft.Names, cancellation)) : Question(draft);

    /// <summary>A page that a link in a mail leads to.</summary>
    /// <param name="button">Key of the button's text; null: there is none.</param>
    public MailPage Page(string code, string title, string text, string? button = null)
    {
        var language = languages.Of(code);
        return new MailPage(language.Code, language.Sentences.Say(title))
        {
            Intro = [language.Sentences.Say(text)],
            Button = button is null ? null : new MailButton(language.Sentences.Say(button), null),
        };
    }

    private WrittenMail Question(MailDraft draft)
    {
        var language = languages.Of(draft.Subscriber.Language);
        var say = new Words(language.Sentences, new Dictionary<string, string> { ["group"] = Isolated(draft.Group, language.Code) });
        var page = new MailPage(language.Code, say.Of("reports.question-title"))
        {
            Intro = [say.Of("reports.question"), say.Of("reports.question-why")],
            Button = new MailButton(say.Of("reports.question-button"), links.Confirm(draft.Subscriber.Id, language.Code)),
            Footer = [say.Of("reports.question-ignore")],
        };
        return Mail(draft, page, $"question-{draft.Id}", [], null);
    }

    private async Task<IReadOnlyList<(MailFace Face, MailPicture Picture)>> FacesAsync(ReportNames? names, CancellationToken cancellation)
    {
        var faces = new List<(MailFace, MailPicture)>();
        foreach (var face in names?.Faces ?? [])
        {
            try
            {
                var picture = new MailPicture(string.Create(CultureInfo.InvariantCulture, $"face-{faces.Count + 1}"), await media.GetAsync(face.Picture, cancellation), "jpeg");
                faces.Add((new MailFace(face.Name, picture.Name), picture));
            }
            catch (MediaNotFoundException)
            {
                // Removed a moment ago; before the mail is sent, names and faces are compared once more.
            }
        }

        return faces;
    }

    private WrittenMail Report(MailDraft draft, Report report, IReadOnlyList<(MailFace Face, MailPicture Picture)> faces)
    {
        var language = languages.Of(draft.Subscriber.Language);
        var say = new Words(language.Sentences, new Dictionary<string, string>
        {
            ["group"] = Isolated(report.GroupName, language.Code),
            ["first"] = Day(report.FirstDay),
            ["last"] = Day(report.LastDay),
            ["zone"] = Isolated(report.TimeZone, language.Code),
        });
        var (intro, subject) = report.Kind == ReportPeriod.Week ? ("reports.week", "reports.subject-week")
            : report.FirstDay == report.LastDay ? ("reports.day", "reports.subject-day") : ("reports.days", "reports.subject-days");
        var leave = links.Unsubscribe(draft.Subscriber.Id, language.Code);
        var plots = PlotsOf(report.Figures.Days, say, language.Code == "he");
        var page = new MailPage(language.Code, Isolated(report.GroupName, language.Code))
        {
            Intro = [say.Of(intro)],
            Tiles = TilesOf(report.Figures, say),
            Plots = [.. plots.Select(plot => plot.Plot)],
            Sections = [.. SectionsOf(report.Figures, draft.Names, [.. faces.Select(face => face.Face)], say)],
            Footer = [say.Of("reports.footer"), say.Of(draft.Names is null ? "reports.footer-numbers" : faces.Count == 0 ? "reports.footer-names" : "reports.footer-pictures")],
            Link = new MailButton(say.Of("reports.leave-link"), leave),
        };
        return Mail(draft, page, $"report-{report.Id}-{draft.Subscriber.Id}", [.. plots.Select(plot => plot.Picture), .. faces.Select(face => face.Picture)], leave, say.Of(subject));
    }

    private static WrittenMail Mail(MailDraft draft, MailPage page, string name, IReadOnlyList<MailPicture> pictures, Uri? leave, string? subject = null) => new(
        name, draft.Subscriber.Address, page.Language, (subject ?? page.Title).Trim('\u2068', '\u2069'), MailHtml.Write(page), MailPlainText.Write(page), pictures, leave,
        DateTimeOffset.FromUnixTimeMilliseconds(draft.CreatedAt));

    private static IReadOnlyList<MailTile> TilesOf(ReportFigures figures, Words say)
    {
        var before = figures.Before;
        return
        [
            new(say.Of("reports.photos"), Number(figures.Photos), Before(before.Photos)),
            new(say.Of("reports.faces"), Number(figures.Faces), Before(before.Faces)),
            new(say.Of("reports.children"), $"{Number(figures.ChildrenSeen)}/{Number(figures.Children)}", Before(before.ChildrenSeen)),
            new(say.Of("reports.deliveries"), Number(figures.Deliveries.Accepted), Before(before.Accepted)),
        ];

        string Before(int number) => say.Of("reports.before", ("number", Number(number)));
    }

    private static IEnumerable<MailSection> SectionsOf(ReportFigures figures, ReportNames? names, IReadOnlyList<MailFace> faces, Words say)
    {
        if (names is not null)
        {
            yield return new(say.Of("reports.seen"), [names.Seen.Count > 0 ? string.Join(", ", names.Seen) : say.Of("reports.nobody")], faces);
            yield return new(say.Of("reports.not-seen"), [names.NotSeen.Count > 0 ? string.Join(", ", names.NotSeen) : say.Of("reports.nobody")]);
        }

        var sent = figures.Deliveries;
        yield return new(say.Of("reports.receipts"), [say.Of("reports.arrived", ("number", Number(sent.Arrived))), say.Of("reports.opened", ("number", Number(sent.Opened))), say.Of("reports.failed", ("number", Number(sent.Failed)))]);
        yield return new(say.Of("reports.questions"),
        [
            say.Of("reports.answered", ("asked", Number(figures.Asked)), ("answered", Number(figures.Answered)), ("before", Number(figures.Before.Answered))),
            names is { Helpers.Count: > 0 }
                ? say.Of("reports.helpers-by-name", ("names", string.Join(", ", names.Helpers))) : say.Of("reports.helpers", ("number", Number(figures.Helpers))),
        ]);
        yield return new(say.Of("reports.waiting"),
        [
            say.Of("reports.waiting-questions", ("number", Number(figures.Waiting.Questions))),
            say.Of("reports.waiting-registrations", ("number", Number(figures.Waiting.Registrations))),
            say.Of("reports.waiting-deliveries", ("number", Number(figures.Waiting.Deliveries))),
        ]);
    }

    /// <summary>One bar a day; a single day needs no plot.</summary>
    private static IReadOnlyList<(MailPlot Plot, MailPicture Picture)> PlotsOf(IReadOnlyList<DayFigures> days, Words say, bool rightToLeft)
    {
        if (days.Count < 2)
            return [];

        var weekdays = say.Of("reports.weekdays").Split(' ');
        return [Of("photos", "reports.photos-by-day", day => day.Photos), Of("faces", "reports.faces-by-day", day => day.Faces)];

        (MailPlot, MailPicture) Of(string name, string key, Func<DayFigures, int> figure)
        {
            var bars = days.Select(day => (Label: weekdays[(int)day.Day.DayOfWeek], Value: figure(day))).ToList();
            var heading = say.Of(key);
            var alt = $"{heading}: {string.Join(", ", bars.Select(bar => $"{bar.Label} {Number(bar.Value)}"))}";
            return (new MailPlot(name, heading, alt), new MailPicture(name, ReportPlots.Bars(bars, rightToLeft)));
        }
    }

    /// <summary>In Hebrew, brackets and full stops beside a Latin name would jump to its other end.</summary>
    private static string Isolated(string name, string language) => language == "he" ? $"\u2068{name}\u2069" : name;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The sentences of a mail, with the values that several of them need.</summary>
    private sealed record Words(Sentences Sentences, IReadOnlyDictionary<string, string> Values)
    {
        public string Of(string key, params (string Name, string Value)[] more) =>
            Sentences.Say(key, more.Length == 0 ? Values : more.ToDictionary(value => value.Name, value => value.Value));
    }
}
