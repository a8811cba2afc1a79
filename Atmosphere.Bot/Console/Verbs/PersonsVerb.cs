using System.CommandLine;
using System.Globalization;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere persons: lists registered persons and those who wait for a confirmation.</summary>
internal static class PersonsVerb
{
    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<int> _limit = Limits.Limit();

    public static Command Create(Shell shell) => new("persons", "List registered children, and confirm those without a teacher; also while the server runs")
    {
        List(shell),
        Confirm(shell),
        Refuse(shell),
    };

    private static Command List(Shell shell)
    {
        var unconfirmed = new Option<bool>("--unconfirmed") { Description = "Only those who wait until a teacher, or you, confirm them" };
        var command = new Command("list", "Print them, the first one first") { unconfirmed, _limit, _json };
        command.SetAction(async (line, cancellation) =>
        {
            var (limit, onlyWaiting) = (Limits.Value(line, _limit), line.GetValue(unconfirmed));
            BesideTheServer.RequireData(Shell.DataFolder(shell.Settings(line)));
            var persons = await BesideTheServer.OnDatabaseAsync(
                shell, line, database => database.ReadAsync(session => RegisteredPersons.ListAsync(session, onlyWaiting, limit), cancellation), cancellation);
            if (line.GetValue(_json))
                Sheet.Json(shell.Terminal, persons.Select(Json));
            else if (persons.Count == 0)
                shell.Terminal.Line(onlyWaiting ? "Nobody waits for a confirmation." : "Nobody is registered.");
            else
                shell.Terminal.Out.Write(Sheet.Rows(["id", "name", "group", "state", "registered", "by", "from", "#asked"], persons, Cells));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Confirm(Shell shell)
    {
        var id = new Argument<string>("id") { Description = "The id that 'persons list --unconfirmed' shows" };
        var command = new Command("confirm", "Say that a person belongs to the group, in the place of a teacher: photos are sent from now on") { id };
        command.SetAction(async (line, cancellation) =>
        {
            await DecideAsync(shell, line, line.GetValue(id)!, granted: true, cancellation);
            shell.Terminal.Line($"'{line.GetValue(id)}' is confirmed. A running server tells the parent now; otherwise the next one does.");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Refuse(Shell shell)
    {
        var id = new Argument<string>("id") { Description = "The id that 'persons list --unconfirmed' shows" };
        var yes = new Option<bool>("--yes") { Description = "Erase everything of the person" };
        var command = new Command("refuse", "Say that a person does not belong to the group, and erase everything of it; needs --yes") { id, yes };
        command.SetAction(async (line, cancellation) =>
        {
            if (!line.GetValue(yes))
                throw new UsageException($"Everything of person '{line.GetValue(id)}' would be erased. Add --yes if that is meant.");
            await DecideAsync(shell, line, line.GetValue(id)!, granted: false, cancellation);
            shell.Terminal.Line($"'{line.GetValue(id)}' is refused. A running server erases it and tells the parent now; otherwise the next one does.");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task DecideAsync(Shell shell, ParseResult line, string id, bool granted, CancellationToken cancellation)
    {
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var requests = services.GetRequiredService<IRequests>();
        if (!await services.GetRequiredService<Database>().WriteAsync(session => requests.DecideAsync(session, new PersonId(id), granted), cancellation))
            throw new VerbException($"No person '{id}' waits for a confirmation. 'atmosphere persons list --unconfirmed' shows who does.");
    }

    private static object Json(PersonEntry person) => new
    {
        Id = person.Id.Value,
        person.Name,
        Group = person.Group.Value,
        person.State,
        Confirmed = person.IsConfirmed,
        By = person.Owner,
        From = person.Address,
        person.Asked,
        RegisteredAt = Sheet.Time(person.CreatedAt.ToUnixTimeMilliseconds()),
    };

    private static object?[] Cells(PersonEntry person) =>
    [
        person.Id.Value, person.Name, person.Group.Value, person.State == "connected" && !person.IsConfirmed ? "unconfirmed" : person.State,
        Sheet.Time(person.CreatedAt.ToUnixTimeMilliseconds()), person.Owner, person.Address, person.Asked.ToString(CultureInfo.InvariantCulture),
    ];
}
