using System.CommandLine;
using Atmosphere.Bot.Console.Doctor;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere doctor</summary>
internal static class DoctorVerb
{
    public static Command Create(Shell shell)
    {
        var command = new Command("doctor", "Check that this machine has what Atmosphere needs; every line is OK or says what to do") { shell.Urls };
        command.SetAction(async (line, cancellation) =>
        {
            var settings = shell.Settings(line);
            var data = Shell.DataFolder(settings);
            await using var services = Shell.Everything(settings).BuildServiceProvider();
            var checks = Checks.Of(services, data, ServeVerb.UrlsOf(shell, line, settings));
            var failed = 0;
            foreach (var check in checks)
            {
                var (well, text) = await check.RunAsync(cancellation);
                failed += well ? 0 : 1;
                shell.Terminal.Out.Write(new Text(well ? "OK    " : "FAIL  ", new Style(well ? Color.Green : Color.Red)));
                shell.Terminal.Line($"{check.Name}: {text}");
            }

            return failed == 0
                ? ExitCode.Success
                : throw new VerbException($"{failed} of {checks.Count} checks failed; their lines say what to do.");
        });
        return command;
    }
}
