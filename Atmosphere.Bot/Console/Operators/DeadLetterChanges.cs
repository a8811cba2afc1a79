using System.CommandLine;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Operators;

/// <summary>atmosphere dead-letters replay|drop ID | --queue Q | --all</summary>
internal static class DeadLetterChanges
{
    public static Command Replay(Shell shell)
    {
        var command = Create("replay", "Send them again, in the order in which they were sent; what had failed because of them begins again", out var choice);
        command.SetAction(async (line, cancellation) =>
        {
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var letters = services.GetRequiredService<DeadLetters>();
            var results = new Outcomes(shell.Terminal);
            foreach (var letter in await choice.FindAsync(services, line, cancellation))
                await results.TryAsync(() => letters.ReplayAsync(letter, cancellation));
            return results.End("replayed", "dead letter", line.GetValue(choice.Json));
        });
        return command;
    }

    public static Command Drop(Shell shell)
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = Create("drop", "Delete them; their messages are never handled", out var choice);
        command.Options.Add(yes);
        command.SetAction(async (line, cancellation) =>
        {
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var letters = services.GetRequiredService<DeadLetters>();
            var found = await choice.FindAsync(services, line, cancellation);
            if (found.Count > 0 && !line.GetValue(yes) && !await AgreedAsync(shell.Terminal, found.Count, cancellation))
            {
                shell.Terminal.Line("Nothing was dropped.");
                return ExitCode.Success;
            }

            var results = new Outcomes(shell.Terminal);
            foreach (var letter in found)
                await results.TryAsync(() => letters.DropAsync(letter, cancellation));
            return results.End("dropped", "dead letter", line.GetValue(choice.Json));
        });
        return command;
    }

    public static string Unknown(string id, string? queue) =>
        $"There is no dead letter '{id}'{(queue is null ? "" : $" of queue '{queue}'")}; it may have been replayed or dropped. 'dead-letters list' prints those that are there.";

    /// <summary>Asks for confirmation at a terminal only; scripts are not asked.</summary>
    private static async Task<bool> AgreedAsync(Terminal terminal, int count, CancellationToken cancellation) =>
        !terminal.IsInteractive
        || await new ConfirmationPrompt(Sheet.Say($"Drop {count} dead letter{(count == 1 ? "" : "s")} for ever?")) { DefaultValue = false }
            .ShowAsync(terminal.Out, cancellation);

    private static Command Create(string name, string description, out Choice choice)
    {
        choice = new Choice(
            new Argument<string?>("ID") { Description = "Id of the message, as list prints it", Arity = ArgumentArity.ZeroOrOne },
            Limits.Queue(),
            new Option<bool>("--all") { Description = "All of them" },
            Limits.Json());
        return new Command(name, description) { choice.Id, choice.Queue, choice.All, choice.Json };
    }

    /// <summary>The arguments that select dead letters.</summary>
    private sealed record Choice(Argument<string?> Id, Option<string?> Queue, Option<bool> All, Option<bool> Json)
    {
        public async Task<IReadOnlyList<DeadLetterKey>> FindAsync(IServiceProvider services, ParseResult line, CancellationToken cancellation)
        {
            var letters = services.GetRequiredService<DeadLetters>();
            var (id, queue, every) = (line.GetValue(Id), line.GetValue(Queue), line.GetValue(All));
            if (every && (id is not null || queue is not null))
                throw new UsageException("--all means every dead letter; leave out the id and --queue.");
            if (!every && id is null && queue is null)
                throw new UsageException("Name a dead letter by its id, those of a queue with --queue QUEUE, or all of them with --all.");
            if (id is null)
            {
                var all = await letters.InOrderAsync(queue, cancellation);
                if (all.Count == 0 && queue is not null)
                    Limits.RequireQueue(services.GetRequiredService<FlowTables>(), queue);
                return all;
            }

            var found = await letters.FindAsync(id, queue, cancellation);
            return found.Count switch
            {
                0 => throw new VerbException(Unknown(id, queue)),
                1 => [found[0].Key],
                _ => throw new UsageException(
                    $"'{id}' was given up by {found.Count} queues: {string.Join(", ", found.Select(letter => letter.Queue))}. Name one with --queue."),
            };
        }
    }
}
