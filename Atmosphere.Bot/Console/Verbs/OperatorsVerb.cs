using System.CommandLine;
using System.Globalization;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Console.SetUp;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere operators: actions reserved for operators, such as inviting teachers.</summary>
internal static class OperatorsVerb
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(7);

    public static Command Create(Shell shell) => new("operators", "Let teachers in, who may then link chat groups; also while the server runs")
    {
        Invite(shell),
        List(shell),
        Revoke(shell),
    };

    private static Command Invite(Shell shell)
    {
        var name = new Option<string?>("--name") { Description = "Name to print with the code; it is not stored", HelpName = "NAME" };
        var json = Listing.Json();
        var command = new Command("invite", "Print a teacher's code, which can be used once within 7 days") { name, json };
        command.SetAction(async (line, cancellation) =>
        {
            var code = await RunAsync(
                shell, line,
                session => new CodeTable(TimeProvider.System).CreateAsync(session, new Code(CodeKind.Teacher, null, null, "{}"), _lifetime), cancellation);
            var until = TimeProvider.System.GetUtcNow() + _lifetime;
            if (line.GetValue(json))
            {
                Listing.PrintJson(shell.Terminal, new { Code = code, ExpiresAt = until });
                return ExitCode.Success;
            }

            shell.Terminal.Line($"This is a teacher's code{(line.GetValue(name) is { } whom ? $" for {whom}" : "")}; nobody can show it again:");
            shell.Terminal.Line();
            shell.Terminal.Line($"  {code}");
            shell.Terminal.Line();
            shell.Terminal.Line($"The teacher types it in a private chat with the bot, once, until {until:yyyy-MM-dd}. Then the teacher may link chat groups: add group");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command List(Shell shell)
    {
        var json = Listing.Json();
        var command = new Command("list", "List the approved teachers") { json };
        command.SetAction(async (line, cancellation) =>
        {
            BesideTheServer.RequireData(Shell.DataFolder(shell.Settings(line)));
            var teachers = await RunAsync(shell, line, Teachers.ListAsync, cancellation);
            if (line.GetValue(json))
                Listing.PrintJson(shell.Terminal, teachers.Select(teacher => new { Id = teacher.Id.Value, teacher.Address, teacher.Since, teacher.Groups }));
            else
                Listing.PrintTable(shell.Terminal, ["id", "address", "since", "groups"], [.. teachers.Select(Cells)], "There is no approved teacher. Make a code for one: atmosphere operators invite");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Revoke(Shell shell)
    {
        var teacher = new Argument<string>("teacher") { Description = "The id that 'operators list' shows" };
        var command = new Command("revoke", "Take an approval back, the unused codes of that teacher and the questions they have not answered; linked groups stay") { teacher };
        command.SetAction(async (line, cancellation) =>
        {
            var id = line.GetValue(teacher)!;
            if (!await RunAsync(shell, line, session => Teachers.RevokeAsync(session, new ParticipantId(id), TimeProvider.System.GetUtcNow()), cancellation))
                throw new VerbException($"There is no approved teacher '{id}'. 'atmosphere operators list' shows their ids.");
            shell.Terminal.Line($"'{id}' is no approved teacher any more.");
            return ExitCode.Success;
        });
        return command;
    }

    private static Task<T> RunAsync<T>(Shell shell, ParseResult line, Func<Session, Task<T>> work, CancellationToken cancellation) =>
        BesideTheServer.OnDatabaseAsync(shell, line, database => database.WriteAsync(work, cancellation), cancellation);

    private static string[] Cells(Teacher teacher) =>
        [teacher.Id.Value, teacher.Address, $"{teacher.Since:yyyy-MM-dd HH:mm}", teacher.Groups.ToString(CultureInfo.InvariantCulture)];
}
