using Atmosphere.Bot.Console;

namespace Atmosphere.Bot.Tests.Console;

/// <summary>What a command line returned and printed.</summary>
internal sealed record CommandLineRun(int Code, string Out, string Error)
{
    /// <summary>Runs a command line in this process, as if its output went into files.</summary>
    public static async Task<CommandLineRun> OfAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = Terminal.Into(output, error, TimeProvider.System);
        var code = await CommandLine.RunAsync(arguments, (_, _) => throw new InvalidOperationException("Nothing is served here."), terminal);
        return new CommandLineRun(code, output.ToString(), error.ToString());
    }
}
