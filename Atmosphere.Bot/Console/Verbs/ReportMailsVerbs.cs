using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Reports;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere reports mails|resend|drop</summary>
internal static class ReportMailsVerbs
{
    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<int> _limit = Limits.Limit();
    private static readonly Argument<string> _id = new("ID") { Description = "Id of the mail, as mails prints it" };

    public static Command List(Shell shell)
    {
        var command = new Command("mails", "Print the mails that failed, or of which nobody knows whether they arrived, the last one first") { _limit, _json };
        command.SetAction(async (line, cancellation) =>
        {
            var limit = Limits.Value(line, _limit);
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var found = await services.GetRequiredService<OperatorReports>().OpenMailsAsync(limit, cancellation);
            if (line.GetValue(_json))
                Sheet.Json(shell.Terminal, found.Select(mail => new { Id = mail.Id.Value, Group = mail.GroupId.Value, mail.State, mail.Error, CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(mail.CreatedAt) }));
            else if (found.Count == 0)
                shell.Terminal.Line("There is nothing to decide: no mail failed or is unknown.");
            else
                shell.Terminal.Out.Write(Sheet.Rows(["id", "state, group, time, reason"], found, mail => [mail.Id, Sheet.Say($"{mail.State.ToString().ToLowerInvariant()}, {mail.GroupId}, {Sheet.Time(mail.CreatedAt)}\n{Sheet.Short(mail.Error)}")]));
            return ExitCode.Success;
        });
        return command;
    }

    public static Command Resend(Shell shell) => Decide(shell, "resend", "Send a mail again; one that is unknown may arrive twice", again: true, "is sent again");

    public static Command Drop(Shell shell) => Decide(shell, "drop", "Never send a mail again", again: false, "is dropped");

    private static Command Decide(Shell shell, string name, string description, bool again, string done)
    {
        var command = new Command(name, description) { _id };
        command.SetAction(async (line, cancellation) =>
        {
            var id = new MailId(line.GetValue(_id)!);
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            if (!await services.GetRequiredService<OperatorReports>().DecideAsync(id, again, cancellation))
                throw new VerbException($"There is nothing to decide about a mail '{id}'. 'reports mails' prints those that are open.");
            shell.Terminal.Line($"The mail {done}.");
            return ExitCode.Success;
        });
        return command;
    }
}
