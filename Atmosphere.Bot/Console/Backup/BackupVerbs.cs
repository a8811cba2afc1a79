using System.CommandLine;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Backup;

/// <summary>atmosphere backup and atmosphere restore</summary>
internal static class BackupVerbs
{
    private static readonly Argument<string> _folder = new("folder") { Description = "Of the copy, on another disk" };

    private static readonly Option<string?> _keys = new("--keys") { Description = "A folder for the keys alone, apart from the copy: who has both can read numbers and codes", HelpName = "DIR" };

    public static Command Backup(Shell shell)
    {
        var command = new Command("backup", "Copy the data folder, also while the server runs; the next copy into the same folder takes only what is new, and completes one that was interrupted") { _folder, _keys };
        command.SetAction(async (line, cancellation) =>
        {
            var (data, log) = Places(shell, line);
            Operators.BesideTheServer.RequireData(data);
            var made = await new BackupFolder(line.GetValue(_folder)!).MakeAsync(data, log, line.GetValue(_keys), TimeProvider.System, cancellation);
            shell.Terminal.Line($"The data of {made.At:yyyy-MM-dd HH:mm} UTC is in {line.GetValue(_folder)}: the database and {made.Files} pictures.");
            if (line.GetValue(_keys) is null)
                shell.Terminal.Line("The keys are not in it. Without secrets/data.key nobody can start a server on it: copy them once with --keys DIR, and keep them apart.");
            return ExitCode.Success;
        });
        return command;
    }

    public static Command Restore(Shell shell)
    {
        var check = new Option<bool>("--check") { Description = "Only say whether the copy is whole" };
        var command = new Command("restore", "Put a copy into an empty data folder; the server must not run on it") { _folder, _keys, check };
        command.SetAction(async (line, cancellation) =>
        {
            var copy = new BackupFolder(line.GetValue(_folder)!);
            if (line.GetValue(check))
            {
                var whole = await copy.CheckAsync(cancellation);
                shell.Terminal.Line($"The copy of {whole.At:yyyy-MM-dd HH:mm} UTC is whole: the database and {whole.Files} pictures.");
                return ExitCode.Success;
            }

            var (data, log) = Places(shell, line);
            await copy.RestoreAsync(data, log, line.GetValue(_keys), cancellation);
            shell.Terminal.Line($"The copy is in {data}. Put the newest log of erasures in its place before you start the server: {log}");
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The data folder and the log of erasures, full paths.</summary>
    private static (string Data, string Log) Places(Shell shell, ParseResult line)
    {
        var settings = shell.Settings(line);
        var data = Shell.DataFolder(settings);
        return (data, Path.GetFullPath(settings[$"{ErasureOptions.Section}:Log"] is { Length: > 0 } log ? log : Path.Combine(data, "erasures.log")));
    }
}
