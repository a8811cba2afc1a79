using Atmosphere.Bench;
using Atmosphere.Bot.Console;

namespace Atmosphere.Bot.Tests.Console;

/// <summary>What a command line returned and printed.</summary>
internal sealed record CommandLineRun(int Code, string Out, string Error)
{
    /// <summary>Runs a command line in this process, as if its output went into files.</summary>
    public static Task<CommandLineRun> OfAsync(params string[] arguments) => OfAsync(
        terminal => CommandLine.RunAsync(arguments, (_, _) => throw new InvalidOperationException("Nothing is served here."), terminal));

    /// <summary>The same for the program of the benchmarks.</summary>
    public static Task<CommandLineRun> OfBenchAsync(params string[] arguments) => OfAsync(terminal => BenchCommandLine.RunAsync(arguments, terminal));

    private static async Task<CommandLineRun> OfAsync(Func<Terminal, Task<int>> run)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await run(Terminal.Into(output, error, TimeProvider.System));
        return new CommandLineRun(code, output.ToString(), error.ToString());
    }
}
