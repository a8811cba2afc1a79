using Atmosphere.Bot.Console;

namespace Atmosphere.Bench;

/// <summary>Where the benchmarks start.</summary>
internal static class BenchProgram
{
    private static Task<int> Main(string[] arguments) => BenchCommandLine.RunAsync(arguments, Terminal.OfProcess(TimeProvider.System));
}
