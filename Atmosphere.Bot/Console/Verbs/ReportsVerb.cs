using System.CommandLine;
using System.Globalization;
using Atmosphere.Bot.Channels.Mail;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere reports generate|subscribe|unsubscribe|list</summary>
internal static class ReportsVerb
{
    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<string> _group = new("--group") { Description = "The id of the group", HelpName = "GROUP", Required = true };
    private static readonly Option<string?> _oneGroup = new("--group") { Description = "Only this group", HelpName = "GROUP" };
    private static readonly Option<string> _to = new("--to") { Description = "The mail address", HelpName = "ADDRESS", Required = true };
    private static readonly Option<bool> _week = new("--week") { Description = "The last seven days; without it, the last day" };
    private static readonly Option<string?> _until = new("--until") { Description = "The day after the last one, yyyy-MM-dd; default today, by the group's clock", HelpName = "DAY" };
    private static readonly Option<string?> _language = new("--language") { Description = "Of the mails; default English", HelpName = string.Join('|', Languages.Codes) };
    private static readonly Option<string?> _rhythm = new("--rhythm") { Description = "How often; default week", HelpName = "day|week|both" };
    private static readonly Option<string?> _teacher = new("--teacher") { Description = "Id of the teacher whose address it is, as 'operators list' prints it: only the group's teacher gets the names of children", HelpName = "ID" };

    public static Command Create(Shell shell)
    {
        var generate = new Command("generate", "Generate a report now, and send it to the subscribers; a report that was generated before is only printed") { _group, _week, _until, _json };
        generate.SetAction((line, cancellation) => GenerateAsync(shell, line, cancellation));
        var subscribe = new Command("subscribe", "Ask a mail address whether it wants the reports of a group; they begin when its link is used") { _group, _to, _rhythm, _language, _teacher };
        subscribe.SetAction((line, cancellation) => SubscribeAsync(shell, line, cancellation));
        var unsubscribe = new Command("unsubscribe", "Send an address no more reports of a group, and delete it") { _group, _to };
        unsubscribe.SetAction((line, cancellation) => UnsubscribeAsync(shell, line, cancellation));
        var list = new Command("list", "Print who gets reports") { _oneGroup, _json };
        list.SetAction((line, cancellation) => ListAsync(shell, line, cancellation));
        return new Command("reports", "Reports about a group by mail; also while the server runs")
        {
            generate, subscribe, unsubscribe, list, ReportMailsVerbs.List(shell), ReportMailsVerbs.Resend(shell), ReportMailsVerbs.Drop(shell),
        };
    }

    private static async Task<int> GenerateAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (group, until) = (new GroupId(line.GetValue(_group)!), DayOf(line.GetValue(_until)));
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var period = line.GetValue(_week) ? ReportPeriod.Week : ReportPeriod.Day;
        var report = await services.GetRequiredService<OperatorReports>().GenerateAsync(group, period, until, cancellation) ?? throw Unknown(group);
        if (line.GetValue(_json))
            Sheet.Json(shell.Terminal, new { Id = report.Id.Value, Group = group.Value, report.Kind, report.FirstDay, report.LastDay, Skipped = report.IsSkipped, report.Figures });
        else
            Print(shell.Terminal, report);
        return ExitCode.Success;
    }

    private static void Print(Terminal terminal, Report report)
    {
        var figures = report.Figures;
        terminal.Line(Sheet.Say($"{report.GroupName}, {report.FirstDay:yyyy-MM-dd} to {report.LastDay:yyyy-MM-dd} ({report.TimeZone})"));
        Sheet.Facts(
            terminal,
            ("photos", Sheet.Say($"{figures.Photos} (before: {figures.Before.Photos})")),
            ("faces", Sheet.Say($"{figures.Faces} (before: {figures.Before.Faces})")),
            ("children seen", Sheet.Say($"{figures.ChildrenSeen} of {figures.Children} (before: {figures.Before.ChildrenSeen})")),
            ("photos sent", Sheet.Say($"{figures.Deliveries.Accepted} (before: {figures.Before.Accepted}); arrived {figures.Deliveries.Arrived}, opened {figures.Deliveries.Opened}, failed {figures.Deliveries.Failed}")),
            ("questions", Sheet.Say($"{figures.Asked} asked, {figures.Answered} answered by {figures.Helpers} people (before: {figures.Before.Answered})")),
            ("waiting", Sheet.Say($"{figures.Waiting.Questions} questions, {figures.Waiting.Registrations} registrations, {figures.Waiting.Deliveries} photos")));
        if (report.IsSkipped)
            terminal.Line(Sheet.Say($"It is not sent: it has fewer faces than {ReportsOptions.Section}:{nameof(ReportsOptions.LeastFaces)}."));
    }

    private static async Task<int> SubscribeAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (group, address) = (new GroupId(line.GetValue(_group)!), Address(line));
        var (language, rhythm) = (LanguageOf(line.GetValue(_language)), RhythmOf(line.GetValue(_rhythm)));
        var teacher = line.GetValue(_teacher) is { } id ? new ParticipantId(id) : (ParticipantId?)null;
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        if (!services.GetRequiredService<IMail>().Connected)
            throw new VerbException("No mail server is set: set Atmosphere:Mail:Host and Atmosphere:Mail:From.");
        if (!services.GetRequiredService<MailLinks>().CanLink)
            throw new VerbException("The mail needs a link to this server: set Atmosphere:PublicUrl.");
        var subscriptions = services.GetRequiredService<ReportSubscriptions>();
        var subscriber = await services.GetRequiredService<Database>().WriteAsync(
            async session =>
            {
                if (teacher is { } one && (await Memberships.TaughtByAsync(session, one)).All(taught => taught.Group != group))
                    throw new VerbException($"'{one}' is no teacher of the group '{group}'. 'atmosphere operators list' prints the teachers.");
                return await subscriptions.AskAsync(session, group, address, teacher, language, rhythm);
            },
            cancellation) ?? throw Unknown(group);
        shell.Terminal.Line(subscriber.IsConfirmed
            ? $"{address} gets the reports of '{group}' already; language and rhythm are changed."
            : $"A mail asks {address} whether it wants the reports of '{group}'. They begin when its link is used.");
        return ExitCode.Success;
    }

    private static async Task<int> UnsubscribeAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (group, address) = (new GroupId(line.GetValue(_group)!), Address(line));
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var left = await services.GetRequiredService<Database>().WriteAsync(
            async session => await ReportSubscriptions.FindAsync(session, group, address) is { } subscriber && await ReportSubscriptions.LeaveAsync(session, subscriber.Id), cancellation);
        shell.Terminal.Line(left ? $"{address} gets no reports of '{group}' any more." : throw new VerbException($"{address} gets no reports of '{group}'. 'reports list' prints who does."));
        return ExitCode.Success;
    }

    private static async Task<int> ListAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var group = line.GetValue(_oneGroup) is { } id ? new GroupId(id) : (GroupId?)null;
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var found = await services.GetRequiredService<Database>().ReadAsync(session => ReportSubscriptions.ListAsync(session, group), cancellation);
        if (line.GetValue(_json))
        {
            Sheet.Json(shell.Terminal, found.Select(one => new
            {
                Group = one.Group.Value,
                one.Address,
                one.Rhythm,
                one.Language,
                Confirmed = one.IsConfirmed,
                Teacher = one.Participant?.Value,
                one.CreatedAt,
            }));
        }
        else if (found.Count == 0)
        {
            shell.Terminal.Line("Nobody gets reports. Add an address: atmosphere reports subscribe --group GROUP --to ADDRESS");
        }
        else
        {
            shell.Terminal.Out.Write(Sheet.Rows(["group", "address", "rhythm", "confirmed", "teacher"], found, one => [one.Group, one.Address, one.Rhythm, one.IsConfirmed, one.Participant]));
        }

        return ExitCode.Success;
    }

    private static string Address(ParseResult line) => line.GetValue(_to) is { } address && ReportSubscriptions.IsAddress(address)
        ? address.Trim() : throw new UsageException($"'{line.GetValue(_to)}' is no mail address. Write it like ana@example.org.");

    private static VerbException Unknown(GroupId group) => new($"There is no group '{group}', or it has ended. 'atmosphere groups list' shows the groups.");

    private static string LanguageOf(string? code) => code is null ? Languages.Codes[0] : Languages.Codes.Contains(code)
        ? code : throw new UsageException($"'{code}' is no language that the bot speaks. Use one of {string.Join(", ", Languages.Codes)}.");

    private static ReportRhythm RhythmOf(string? typed) => typed switch
    {
        null or "week" => ReportRhythm.Week,
        "day" => ReportRhythm.Day,
        "both" => ReportRhythm.Both,
        _ => throw new UsageException($"--rhythm {typed} cannot be; use day, week or both."),
    };

    private static DateOnly? DayOf(string? typed) => typed is null ? null
        : DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException($"--until {typed} is no day; write it like 2026-03-09.");
}
