using System.CommandLine;
using System.Globalization;
using Atmosphere.Bench.Doors;
using Atmosphere.Bot.Console;
using Spectre.Console;

namespace Atmosphere.Bench.Verbs;

/// <summary>Atmosphere.Bench unsigned: what large requests that nobody signed take of the server's memory.</summary>
internal static class UnsignedVerb
{
    /// <summary>Megabytes, of requests without a signature and with a false one alike.</summary>
    private const double MostGrowth = 50;

    public static Command Create(Shell shell)
    {
        var count = new Option<int>("--requests") { Description = "Requests at once", DefaultValueFactory = _ => 200 };
        var size = new Option<int>("--megabytes") { Description = "Length of each", DefaultValueFactory = _ => 32 };
        var command = new Command("unsigned", "Memory that unsigned large requests take of the server, all at once") { count, size };
        command.SetAction(async (line, cancellation) =>
        {
            if (line.GetValue(count) is < 1 or > 1000 || line.GetValue(size) is < 1 or > 1000)
                throw new UsageException("--requests and --megabytes must be 1 to 1000.");

            var results = await new UnsignedFlood(line.GetValue(count), line.GetValue(size)).RunAsync(TimeProvider.System, cancellation);
            var table = new Table().Border(TableBorder.Simple).AddColumns("signature", "requests", "MB before", "MB at most", "growth MB", "seconds", "answers");
            foreach (var result in results)
            {
                table.AddRow(
                    result.Signature, $"{result.Requests}", Number(result.Before / 1e6), Number(result.Peak / 1e6), Number(result.GrowthMegabytes), Number(result.Lasted.TotalSeconds), result.Answers);
            }

            shell.Terminal.Out.Write(table);
            return results.All(result => result.GrowthMegabytes < MostGrowth) ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
