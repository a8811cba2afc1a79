using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere groups set</summary>
internal static class GroupsSetVerb
{
    public static Command Create(Shell shell)
    {
        var id = new Argument<string>("id") { Description = "The id of the group" };
        var confirm = new Option<string?>("--confirm") { Description = "Whether a teacher confirms a registration before any photo is delivered; linking a group sets it as the setting TeacherConfirms says", HelpName = "on|off" };
        var zone = new Option<string?>("--time-zone") { Description = "IANA name, such as Europe/Berlin; daily albums go out in its evening", HelpName = "ZONE" };
        var language = new Option<string?>("--language") { Description = "In which the bot speaks there", HelpName = string.Join('|', Languages.Codes) };
        var kind = new Option<string?>("--kind") { Description = "Whose faces it shows: names of children need more certainty; faces that were decided before stay", HelpName = $"{GroupKinds.Children}|{GroupKinds.Adults}" };
        var check = new Option<string?>("--check-first-matches") { Description = "Whether a teacher looks at the first photos of a newly registered person before they are sent; by default in groups of children", HelpName = "on|off" };
        var command = new Command("set", "Change what holds for a group from now on; what is left out stays") { id, confirm, zone, language, kind, check };
        command.SetAction(async (line, cancellation) =>
        {
            var (confirms, code, checks) = (OnOrOff(confirm.Name, line.GetValue(confirm)), line.GetValue(language), OnOrOff(check.Name, line.GetValue(check)));
            if (confirms is null && code is null && line.GetValue(zone) is null && line.GetValue(kind) is null && checks is null)
                throw new UsageException("Say what is to be changed: --confirm on|off, --time-zone ZONE, --language CODE, --kind children|adults, or --check-first-matches on|off.");
            if (code is not null && !Languages.Codes.Contains(code))
                throw new UsageException($"'{code}' is no language that the bot speaks. Use one of {string.Join(", ", Languages.Codes)}.");
            BesideTheServer.RequireData(Shell.DataFolder(shell.Settings(line)));
            var group = new GroupId(line.GetValue(id)!);
            _ = await BesideTheServer.OnDatabaseAsync(
                shell,
                line,
                async database =>
                {
                    var faces = line.GetValue(kind) is { } typed ? GroupKinds.Parse(typed) : (GroupKind?)null;
                    await new Groups(database, TimeProvider.System).ChangeAsync(group, confirms, line.GetValue(zone), code, faces, checks, cancellation);
                    return true;
                },
                cancellation);
            shell.Terminal.Line($"Group '{group}' is changed.");
            return ExitCode.Success;
        });
        return command;
    }

    private static bool? OnOrOff(string option, string? typed) => typed switch
    {
        null => null,
        "on" => true,
        "off" => false,
        _ => throw new UsageException($"'{typed}' is neither on nor off. Write {option} on, or {option} off."),
    };
}
