using System.CommandLine;
using Atmosphere.Bench.Small;
using Atmosphere.Bot.Console;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Atmosphere.Bench.Verbs;

/// <summary>small: operations of microseconds, measured by BenchmarkDotNet, each against a baseline.</summary>
internal static class SmallVerb
{
    private static readonly Option<string> _only = new("--only") { Description = "Benchmarks whose name matches, such as *Search*", HelpName = "GLOB", DefaultValueFactory = _ => "*" };

    public static Command Create()
    {
        var command = new Command("small", "Search and words: microseconds, as a ratio to a baseline") { _only };
        command.SetAction(line => Run(line.GetValue(_only)!));
        return command;
    }

    private static int Run(string only)
    {
        // In this process: another one would need the source of the repository to be built again.
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Directory.CreateTempSubdirectory("atmosphere-bench-").FullName);
        var summaries = BenchmarkSwitcher.FromTypes([typeof(FaceSearch), typeof(NamesInAText), typeof(WordsOfAMessage)]).Run(["--filter", only], config);
        return summaries.Any() && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success))
            ? ExitCode.Success
            : ExitCode.Failure;
    }
}
