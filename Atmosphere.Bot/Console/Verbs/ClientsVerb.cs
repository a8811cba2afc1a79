using System.CommandLine;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Console.SetUp;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere clients</summary>
internal static class ClientsVerb
{
    public static Command Create(Shell shell) => new("clients", "Set up the stations that may upload photos; also while the server runs")
    {
        Add(shell),
        List(shell),
        Enable(shell, "disable", "Refuse a client from now on", enabled: false),
        Enable(shell, "enable", "Let a disabled client in again", enabled: true),
    };

    private static Command Add(Shell shell)
    {
        var name = new Option<string>("--name") { Description = "What operators call it, such as gate-camera", HelpName = "NAME", Required = true };
        var group = new Option<string>("--group") { Description = "Id of the group whose photos it takes", HelpName = "ID", Required = true };
        var zone = new Option<string?>("--time-zone") { Description = "Where it stands: an IANA name (default: that of the group)", HelpName = "ZONE" };
        var json = Listing.Json();
        var command = new Command("add", "Add a client and print its token, this once") { name, group, zone, json, shell.Urls };
        command.SetAction(async (line, cancellation) =>
        {
            var settings = shell.Settings(line);
            var server = settings[PublicDoors.Url] ?? ServeVerb.UrlsOf(shell, line, settings).Split(';')[0];
            var (station, token) = await RunAsync(
                shell, line, stations => stations.AddAsync(line.GetValue(name)!, new GroupId(line.GetValue(group)!), line.GetValue(zone), cancellation), cancellation);
            if (line.GetValue(json))
                Listing.PrintJson(shell.Terminal, Json(station, token));
            else
                PrintToken(shell.Terminal, station, token, server.TrimEnd('/'));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command List(Shell shell)
    {
        var json = Listing.Json();
        var command = new Command("list", "List the clients; nobody can list their tokens") { json };
        command.SetAction(async (line, cancellation) =>
        {
            Operators.BesideTheServer.RequireData(Shell.DataFolder(shell.Settings(line)));
            var stations = await RunAsync(shell, line, stations => stations.ListAsync(cancellation), cancellation);
            if (line.GetValue(json))
                Listing.PrintJson(shell.Terminal, stations.Select(station => Json(station, token: null)));
            else
                Listing.PrintTable(
                    shell.Terminal, ["id", "name", "group", "added", "disabled", "time zone"], [.. stations.Select(Cells)],
                    "There is no client. Add one: atmosphere clients add --name NAME --group ID");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Enable(Shell shell, string verb, string description, bool enabled)
    {
        var client = new Argument<string>("client") { Description = "Its name or id" };
        var command = new Command(verb, description) { client };
        command.SetAction(async (line, cancellation) =>
        {
            var station = await RunAsync(shell, line, stations => stations.EnableAsync(line.GetValue(client)!, enabled, cancellation), cancellation);
            shell.Terminal.Line(enabled ? $"Client '{station.Name}' is let in." : $"Client '{station.Name}' is refused from now on.");
            return ExitCode.Success;
        });
        return command;
    }

    private static void PrintToken(Terminal terminal, Station station, string token, string server)
    {
        terminal.Line($"Client '{station.Name}' of group '{station.Group}' is added. This is its token; nobody can show it again:");
        terminal.Line();
        terminal.Line($"  {token}");
        terminal.Line();
        terminal.Line("Upload a photo (the same key again is the same photo), then ask what became of it at the Location of the answer:");
        terminal.Line();
        terminal.Line($"  curl -i -H 'Authorization: Bearer {token}' -H 'Idempotency-Key: first' -F image=@photo.jpg {server}/api/faces");
    }

    private static Task<T> RunAsync<T>(Shell shell, ParseResult line, Func<Stations, Task<T>> work, CancellationToken cancellation) =>
        BesideTheServer.OnDatabaseAsync(shell, line, database => work(new Stations(database, TimeProvider.System)), cancellation);

    private static object Json(Station station, string? token)
    {
        var (id, group) = (station.Id.Value, station.Group.Value);
        return token is null
            ? new { Id = id, station.Name, Group = group, station.TimeZone, station.CreatedAt, station.DisabledAt }
            : new { Id = id, station.Name, Group = group, station.TimeZone, station.CreatedAt, Token = token };
    }

    private static string[] Cells(Station station) =>
    [
        station.Id.Value, station.Name, station.Group.Value, $"{station.CreatedAt:yyyy-MM-dd}", station.DisabledAt is { } at ? $"{at:yyyy-MM-dd}" : "",
        station.TimeZone,
    ];
}
