using System.CommandLine;
using System.Globalization;
using Atmosphere.Bot.Channels.WhatsApp.Groups;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Console.SetUp;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere groups link, verify and remove.</summary>
internal static class ChatGroupVerbs
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(24);

    public static Command Link(Shell shell)
    {
        var id = new Argument<string>("id") { Description = "The id of a group that is not linked" };
        var command = new Command("link", "Print a code that links the chat group in which it is posted; it can be used once within 24 hours") { id };
        command.SetAction(async (line, cancellation) =>
        {
            var code = await BesideTheServer.OnDatabaseAsync(
                shell, line, database => database.WriteAsync(session => CodeAsync(session, new GroupId(line.GetValue(id)!)), cancellation), cancellation);
            shell.Terminal.Line($"This code links group '{line.GetValue(id)}'; nobody can show it again. Add the bot to the chat group and post it there. The first chat in which it is posted is linked: 'atmosphere groups list' shows which.");
            shell.Terminal.Line();
            shell.Terminal.Line($"  {code}");
            return ExitCode.Success;
        });
        return command;
    }

    public static Command Remove(Shell shell)
    {
        var id = new Argument<string>("id") { Description = "The id of the group" };
        var yes = new Option<bool>("--yes") { Description = "Erase everything of it: its collection, persons, photos and members" };
        var command = new Command("remove", "End a group and erase everything of it; needs --yes") { id, yes };
        command.SetAction(async (line, cancellation) =>
        {
            var group = new GroupId(line.GetValue(id)!);
            if (!line.GetValue(yes))
                throw new UsageException($"Everything of group '{group}' would be erased: its persons, photos and members. Add --yes if that is meant.");
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var erasures = services.GetRequiredService<IErasures>();
            await services.GetRequiredService<Database>().WriteAsync(
                async session =>
                {
                    _ = await FindAsync(session, group);
                    await erasures.EndGroupAsync(session, group);
                    return await ChatGroups.EndAsync(session, group, TimeProvider.System.GetUtcNow());
                },
                cancellation);
            shell.Terminal.Line($"Group '{group}' has ended. A running server erases what belongs to it now; otherwise the next one does.");
            return ExitCode.Success;
        });
        return command;
    }

    public static Command Verify(Shell shell)
    {
        var id = new Argument<string?>("id") { Description = "The group to ask about again; without it, the groups that wait are listed", Arity = ArgumentArity.ZeroOrOne };
        var stored = new Option<bool>("--as-stored") { Description = "Do not wait for the carrier: you have looked at the members of the chat group, and nobody has left since the copy was made" };
        var json = Listing.Json();
        var command = new Command("verify", "List the chat groups whose photos wait because an older copy was restored; ask the carrier again, or decide yourself") { id, stored, json };
        command.SetAction(async (line, cancellation) =>
        {
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var database = services.GetRequiredService<Database>();
            var waiting = await database.ReadAsync(WaitingAsync, cancellation);
            if (line.GetValue(id) is not { } typed)
            {
                Print(shell, waiting, line.GetValue(json));
                return ExitCode.Success;
            }

            var group = waiting.Select(one => one.Group).FirstOrDefault(group => group.Id.Value == typed)
                ?? throw new VerbException($"Group '{typed}' does not wait. 'atmosphere groups verify' lists those that do.");
            var outbox = services.GetRequiredService<IOutbox>();
            if (!line.GetValue(stored))
            {
                await database.WriteAsync(session => outbox.SendAsync(session, new GroupMembersWanted(group.Id)), cancellation);
                shell.Terminal.Line($"A running server asks the carrier now who is in '{group.Id}'; otherwise the next one does. 'atmosphere groups verify' shows whether it answered.");
                return ExitCode.Success;
            }

            var sent = await database.WriteAsync(session => VerifiedGroup.GoOnAsync(session, outbox, group.Id), cancellation);
            shell.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Group '{group.Id}' waits no more: {sent} deliveries go on, to the members that are stored."));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The state of a group's chat, for people.</summary>
    public static string StateOf(ChatGroup group) => group switch
    {
        { EndedAt: { } at } => $"ended {at:yyyy-MM-dd}",
        { Address: not null } => $"linked {group.LinkedAt:yyyy-MM-dd}",
        _ => "not linked",
    };

    private static async Task<string> CodeAsync(Session session, GroupId id)
    {
        var group = await FindAsync(session, id);
        if (group.Address is not null)
            throw new VerbException($"Group '{id}' is linked with a chat already. One group has one chat.");
        var details = new GroupCode(group.Name, group.Language, id.Value).Write();
        return await new CodeTable(TimeProvider.System).CreateAsync(session, new Code(CodeKind.Group, null, null, details), _lifetime);
    }

    private static async Task<ChatGroup> FindAsync(Session session, GroupId id) => await ChatGroups.FindAsync(session, id) switch
    {
        null => throw new VerbException($"There is no group '{id}'. 'atmosphere groups list' shows the groups."),
        { EndedAt: not null } => throw new VerbException($"Group '{id}' has ended."),
        { } group => group,
    };

    /// <summary>The groups that wait, each with the number of its deliveries.</summary>
    private static async Task<IReadOnlyList<(UnverifiedGroup Group, int Deliveries)>> WaitingAsync(Session session)
    {
        var waiting = new List<(UnverifiedGroup, int)>();
        foreach (var group in await UnverifiedGroups.ListAsync(session))
            waiting.Add((group, (await Deliveries.WaitingInAsync(session, group.Id)).Count));
        return waiting;
    }

    private static void Print(Shell shell, IReadOnlyList<(UnverifiedGroup Group, int Deliveries)> waiting, bool json)
    {
        if (json)
        {
            Listing.PrintJson(shell.Terminal, waiting.Select(one => new { Id = one.Group.Id.Value, one.Group.Name, one.Group.Channel, one.Group.Since, Waiting = one.Deliveries }));
            return;
        }

        Listing.PrintTable(
            shell.Terminal,
            ["id", "name", "channel", "since", "deliveries that wait"],
            [.. waiting.Select(one => new[]
            {
                one.Group.Id.Value, one.Group.Name, one.Group.Channel ?? "", $"{one.Group.Since:yyyy-MM-dd HH:mm}", one.Deliveries.ToString(CultureInfo.InvariantCulture),
            })],
            "No group waits.");
    }
}
