using System.CommandLine;
using Atmosphere.Bench.Verbs;
using Atmosphere.Bot.Console;

namespace Atmosphere.Bench;

/// <summary>The command line of the benchmarks: one verb for each scripted load.</summary>
internal static class BenchCommandLine
{
    /// <returns>The exit code: one of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellation = default) =>
        Bot.Console.CommandLine.RunAsync(arguments, Verbs, terminal, cancellation);

    internal static Command Verbs(Shell shell)
    {
        var root = new RootCommand("Benchmarks of Atmosphere: scripted loads against a server of their own, in a temporary folder. 'atmosphere bench' has those for operators.");
        root.Options.Add(shell.Data);
        root.Subcommands.Add(FrontDoorVerb.Create(shell));
        root.Subcommands.Add(ScaleVerb.Create(shell));
        root.Subcommands.Add(WhatsAppVerb.Create(shell));
        root.Subcommands.Add(SlackVerb.Create(shell));
        root.Subcommands.Add(WeekVerb.Create(shell));
        root.Subcommands.Add(UnsignedVerb.Create(shell));
        root.Subcommands.Add(SmallVerb.Create());
        return root;
    }
}
