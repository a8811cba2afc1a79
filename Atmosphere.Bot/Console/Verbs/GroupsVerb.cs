using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Console.SetUp;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere groups</summary>
internal static class GroupsVerb
{
    public static Command Create(Shell shell) => new("groups", "Set up the groups that photos belong to; also while the server runs")
    {
        Add(shell),
        List(shell),
        GroupsSetVerb.Create(shell),
        ChatGroupVerbs.Link(shell),
        ChatGroupVerbs.Remove(shell),
        ChatGroupVerbs.Verify(shell),
    };

    private static Command Add(Shell shell)
    {
        var id = new Argument<string>("id") { Description = "Lower case letters, digits and hyphens, such as blue-class" };
        var name = new Option<string>("--name") { Description = "What people call it", HelpName = "NAME", Required = true };
        var zone = new Option<string>("--time-zone") { Description = "IANA name, such as Europe/Berlin", HelpName = "ZONE", DefaultValueFactory = _ => "UTC" };
        var gps = new Option<bool>("--keep-gps") { Description = "Keep where photos were taken (they are not kept otherwise)" };
        var kind = new Option<string>("--kind") { Description = "Whose faces it shows: names of children need more certainty", HelpName = $"{GroupKinds.Children}|{GroupKinds.Adults}", DefaultValueFactory = _ => GroupKinds.Children };
        var json = Listing.Json();
        var command = new Command("add", "Add a group") { id, name, zone, gps, kind, json };
        command.SetAction(async (line, cancellation) =>
        {
            var group = await RunAsync(
                shell, line, groups => groups.AddAsync(
                    line.GetValue(id)!, line.GetValue(name)!, line.GetValue(zone)!, line.GetValue(gps), GroupKinds.Parse(line.GetValue(kind)!), cancellation), cancellation);
            if (line.GetValue(json))
                Listing.PrintJson(shell.Terminal, Json(group));
            else
                shell.Terminal.Line($"Group '{group.Id}' ({group.Name}) is added.");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command List(Shell shell)
    {
        var json = Listing.Json();
        var command = new Command("list", "List the groups") { json };
        command.SetAction(async (line, cancellation) =>
        {
            Operators.BesideTheServer.RequireData(Shell.DataFolder(shell.Settings(line)));
            var groups = await RunAsync(shell, line, groups => groups.ListAsync(cancellation), cancellation);
            var chats = (await BesideTheServer.OnDatabaseAsync(shell, line, database => database.ReadAsync(ChatGroups.ListAsync, cancellation), cancellation)).ToDictionary(chat => chat.Id);
            if (line.GetValue(json))
                Listing.PrintJson(shell.Terminal, groups.Select(group => Json(group, chats[group.Id])));
            else
                Listing.PrintTable(shell.Terminal, ["id", "name", "faces of", "time zone", "GPS", "added", "chat", "state"], [.. groups.Select(group => Cells(group, chats[group.Id]))], "There is no group. Add one: atmosphere groups add ID --name NAME");
            return ExitCode.Success;
        });
        return command;
    }

    private static Task<T> RunAsync<T>(Shell shell, ParseResult line, Func<Groups, Task<T>> work, CancellationToken cancellation) =>
        BesideTheServer.OnDatabaseAsync(shell, line, database => work(new Groups(database, TimeProvider.System)), cancellation);

    private static object Json(Group group) => new { Id = group.Id.Value, group.Name, Kind = group.Kind.Stored(), group.TimeZone, group.KeepsGps, group.CreatedAt };

    private static object Json(Group group, ChatGroup chat) => new
    {
        Id = group.Id.Value,
        group.Name,
        Kind = group.Kind.Stored(),
        group.TimeZone,
        group.KeepsGps,
        group.CreatedAt,
        chat.Channel,
        chat.Address,
        chat.Confirms,
        chat.Language,
        chat.LinkedAt,
        chat.EndedAt,
    };

    private static string[] Cells(Group group, ChatGroup chat) =>
    [
        group.Id.Value, group.Name, group.Kind.Stored(), group.TimeZone, group.KeepsGps ? "kept" : "not kept", $"{group.CreatedAt:yyyy-MM-dd HH:mm}", $"{chat.Channel} {chat.Address}".Trim(),
        ChatGroupVerbs.StateOf(chat),
    ];
}
