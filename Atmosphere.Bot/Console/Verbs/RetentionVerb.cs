using System.CommandLine;
using System.Text.Json;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere retention run</summary>
internal static class RetentionVerb
{
    private static readonly Option<bool> _json = Limits.Json();

    public static Command Create(Shell shell)
    {
        var run = new Command("run", "Delete now what has outlived its time, and files that no row names") { _json };
        run.SetAction(async (line, cancellation) =>
        {
            var settings = shell.Settings(line);
            var folder = Shell.DataFolder(settings);
            BesideTheServer.RequireData(folder);

            // A running server must do the run itself, because its cached collections must drop what is deleted.
            var report = Database.IsOwned(folder) ? await AskAsync(shell, line, cancellation) : await RunAsync(settings, cancellation);
            if (line.GetValue(_json))
                Sheet.Json(shell.Terminal, report);
            else
                Print(shell.Terminal, report);
            return report.Complete ? ExitCode.Success : throw new VerbException("Not everything could be looked after; the next round tries again.");
        });
        return new Command("retention", "What has outlived its time") { run };
    }

    private static async Task<RetentionReport> AskAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var answer = await services.GetRequiredService<OperatorRequests>().AskAsync(OperatorRequests.Retention, cancellation);
        return JsonSerializer.Deserialize<RetentionReport>(answer)!;
    }

    private static void Print(Terminal terminal, RetentionReport report)
    {
        var table = Sheet.Table("kind", "#deleted", "trouble");
        foreach (var kind in report.Kinds)
            table.Row(kind.Kind, Sheet.Say($"{kind.Deleted:N0}"), kind.Error is null ? null : Sheet.Short(kind.Error));
        terminal.Out.Write(table);
        foreach (var missing in report.Missing)
            terminal.Line(Sheet.Say($"{missing.Rows:N0} rows of {missing.Column} name a file that is not there; they are reported, never deleted."), Terminal.Bad);
    }

    private static async Task<RetentionReport> RunAsync(IConfiguration settings, CancellationToken cancellation)
    {
        await using var services = Shell.Everything(settings).BuildServiceProvider();
        await BotSchema.Whole.ApplyAsync(services.GetRequiredService<Database>(), services.GetRequiredService<TimeProvider>(), cancellation);
        return await services.GetRequiredService<Retention>().RunAsync(cancellation);
    }
}
