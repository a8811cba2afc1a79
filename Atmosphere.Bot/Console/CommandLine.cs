using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Atmosphere.Bot.Console.Backup;
using Atmosphere.Bot.Console.Models;
using Atmosphere.Bot.Console.Verbs;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console;

/// <summary>The command line: parses and runs the verbs, and reports their failures.</summary>
internal static class CommandLine
{
    private const string Override = "--Atmosphere:";

    // Long enough for a server to finish open requests, and for sort to finish the photos in progress.
    private static readonly TimeSpan _timeToStop = TimeSpan.FromSeconds(30);

    /// <summary>Runs one command line in the terminal that the program was started in.</summary>
    /// <param name="arguments">The arguments after the program's name.</param>
    /// <param name="serve">Runs the server until cancelled.</param>
    /// <returns>The exit code: one of <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] arguments, Func<ServeSettings, CancellationToken, Task> serve) =>
        RunAsync(arguments, serve, Terminal.OfProcess(TimeProvider.System));

    /// <inheritdoc cref="RunAsync(string[], Func{ServeSettings, CancellationToken, Task})"/>
    public static Task<int> RunAsync(
        string[] arguments, Func<ServeSettings, CancellationToken, Task> serve, Terminal terminal, CancellationToken cancellation = default) =>
        RunAsync(arguments, shell => Verbs(shell, serve), terminal, cancellation);

    /// <summary>Runs one command line of another program's verbs.</summary>
    public static async Task<int> RunAsync(string[] arguments, Func<Shell, Command> verbs, Terminal terminal, CancellationToken cancellation)
    {
        OwnerOnly.Begin();
        var verbose = false;
        try
        {
            var overrides = arguments.Where(IsOverride).Select(Parse).ToDictionary(StringComparer.OrdinalIgnoreCase);
            var shell = new Shell(terminal, overrides);
            var line = verbs(shell).Parse([.. arguments.Where(argument => !IsOverride(argument))]);
            verbose = line.GetValue(shell.Verbose);
            if (line.Action is ParseErrorAction)
                throw new UsageException($"{line.Errors[0].Message} Try '{Verb(line)}--help'.");

            return await line.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = _timeToStop,
                    Output = terminal.Out.Profile.Out.Writer,
                    Error = terminal.Error,
                },
                cancellation);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Stopped.");
            return ExitCode.Interrupted;
        }
        catch (Exception failure)
        {
            await terminal.Error.WriteLineAsync(verbose ? $"{Sentence(failure)}{Environment.NewLine}{failure}" : Sentence(failure));
            return failure is UsageException ? ExitCode.Usage : ExitCode.Failure;
        }
    }

    internal static Command Verbs(Shell shell, Func<ServeSettings, CancellationToken, Task> serve)
    {
        var root = new Command(
            "atmosphere",
            """
            Atmosphere finds registered persons in photos and sends the photos to those who may have them.

            Without a verb it serves. Every setting of appsettings.json can also be given as --Atmosphere:Key=value.
            Exit codes: 0 done, 1 failed, 2 not understood, 130 interrupted. A photo that cannot be read is
            reported and is no failure, unless no photo can.
            """)
        {
            new HelpOption(),
            new VersionOption(),
        };
        var serving = ServeVerb.Create(shell, serve);
        root.Options.Add(shell.Data);
        root.Options.Add(shell.Verbose);
        root.Options.Add(shell.Urls);
        root.Action = serving.Action;
        root.Subcommands.Add(serving);
        root.Subcommands.Add(GroupsVerb.Create(shell));
        root.Subcommands.Add(ClientsVerb.Create(shell));
        root.Subcommands.Add(OperatorsVerb.Create(shell));
        root.Subcommands.Add(PersonsVerb.Create(shell));
        root.Subcommands.Add(RequestsVerb.Create(shell));
        root.Subcommands.Add(DemoVerb.Create(shell));
        root.Subcommands.Add(SortVerb.Create(shell));
        root.Subcommands.Add(AccuracyVerb.Create(shell));
        root.Subcommands.Add(new Command("bench", "Measure this machine") { BenchPhotosVerb.Create(shell), BenchQueueVerb.Create(shell) });
        root.Subcommands.Add(DoctorVerb.Create(shell));
        root.Subcommands.Add(BackupVerbs.Backup(shell));
        root.Subcommands.Add(BackupVerbs.Restore(shell));
        root.Subcommands.Add(ModelsVerb.Create(shell));
        root.Subcommands.Add(QueuesVerb.Create(shell));
        root.Subcommands.Add(PhotosVerb.Create(shell));
        root.Subcommands.Add(DeadLettersVerb.Create(shell));
        root.Subcommands.Add(DeliveriesVerb.Create(shell));
        root.Subcommands.Add(NotificationsVerb.Create(shell));
        root.Subcommands.Add(ErasuresVerb.Create(shell));
        root.Subcommands.Add(ConsentsVerb.Create(shell));
        root.Subcommands.Add(ReportsVerb.Create(shell));
        root.Subcommands.Add(RetentionVerb.Create(shell));
        root.Subcommands.Add(FlowsVerb.Create(shell));
        return root;
    }

    private static bool IsOverride(string argument) => argument.StartsWith(Override, StringComparison.OrdinalIgnoreCase);

    private static KeyValuePair<string, string?> Parse(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > Override.Length
            ? new(argument[2..equals], argument[(equals + 1)..])
            : throw new UsageException($"'{argument}' has no value. Write it as {argument}=value.");
    }

    /// <summary>The verb with its parents, such as "atmosphere clients add ".</summary>
    private static string Verb(ParseResult line)
    {
        var verb = "";
        for (var command = line.CommandResult; command is not null; command = command.Parent as CommandResult)
            verb = $"{command.Command.Name} {verb}";
        return verb;
    }

    /// <summary>Our own exceptions have a complete message; unexpected ones are printed with their stack trace.</summary>
    private static string Sentence(Exception failure) => failure switch
    {
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        AggregateException many when many.InnerExceptions.All(one => one is OptionsValidationException) => string.Join(Environment.NewLine, many.InnerExceptions.Select(Sentence)),
        VerbException or IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException or DllNotFoundException => failure.Message,
        _ when failure.GetType().Namespace?.StartsWith("Atmosphere.", StringComparison.Ordinal) == true => failure.Message,
        _ => failure.ToString(),
    };
}
