using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere queues</summary>
internal static class QueuesVerb
{
    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<bool> _watch = new("--watch") { Description = "Look again and again until Ctrl+C" };
    private static readonly Option<double> _every = new("--every")
    {
        Description = "Seconds between two looks of --watch",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 2,
    };

    public static Command Create(Shell shell)
    {
        var command = new Command("queues", "Print what waits in each queue, for how long, and how fast it is worked on") { _watch, _every, _json };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        if (line.GetValue(_every) is var seconds && seconds is not (>= 0.1 and <= 3600))
            throw new UsageException(Sheet.Say($"--every {seconds} cannot be; use 0.1 to 3600 seconds."));

        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var (queues, database) = (services.GetRequiredService<Queues>(), services.GetRequiredService<Database>());
        if (!line.GetValue(_watch))
        {
            Print(shell.Terminal, await queues.ListAsync(cancellation), database.Folder, line.GetValue(_json));
            return ExitCode.Success;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(seconds), services.GetRequiredService<TimeProvider>());
        if (shell.Terminal.IsInteractive && !line.GetValue(_json))
            await RedrawAsync(shell.Terminal, queues, timer, cancellation);
        else
            await RepeatAsync(shell.Terminal, queues, database.Folder, line.GetValue(_json), timer, cancellation);
        return ExitCode.Success;
    }

    private static Task RedrawAsync(Terminal terminal, Queues queues, PeriodicTimer timer, CancellationToken cancellation) =>
        terminal.Out.Live(new Text("")).StartAsync(async live =>
        {
            try
            {
                do
                    live.UpdateTarget(QueueSheet.Table(await queues.ListAsync(cancellation), terminal.Out.Profile.Width));
                while (await timer.WaitForNextTickAsync(cancellation));
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is the normal way to stop watching, not a failure.
            }
        });

    private static async Task RepeatAsync(
        Terminal terminal, Queues queues, string folder, bool json, PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            do
                Print(terminal, await queues.ListAsync(cancellation), folder, json);
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // As above.
        }
    }

    private static void Print(Terminal terminal, IReadOnlyList<QueueState> states, string folder, bool json)
    {
        if (json)
        {
            Sheet.Json(terminal, states.Select(QueueSheet.Json));
            return;
        }

        terminal.Out.Write(QueueSheet.Table(states, terminal.Out.Profile.Width));
        if (!Database.IsOwned(folder))
            terminal.Line("No server runs on this data folder: nothing is being handled.");
    }
}
