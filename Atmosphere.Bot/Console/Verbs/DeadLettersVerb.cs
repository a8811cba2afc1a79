using System.CommandLine;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere dead-letters list|show|replay|drop</summary>
internal static class DeadLettersVerb
{
    private const int WidthOfAll = 170;

    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<int> _limit = Limits.Limit();
    private static readonly Option<string?> _queue = Limits.Queue();
    private static readonly Argument<string> _id = new("ID") { Description = "Id of the message, as list prints it" };

    public static Command Create(Shell shell)
    {
        var list = new Command("list", "Print the messages that were given up, the last one first") { _queue, _limit, _json };
        list.SetAction((line, cancellation) => ListAsync(shell, line, cancellation));
        var show = new Command("show", "Print everything about one: reason, stack, headers, body") { _id, _queue, _json };
        show.SetAction((line, cancellation) => ShowAsync(shell, line, cancellation));
        return new Command("dead-letters", "Look at messages that were given up; send them again, or drop them")
        {
            list,
            show,
            DeadLetterChanges.Replay(shell),
            DeadLetterChanges.Drop(shell),
        };
    }

    private static async Task<int> ListAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var (queue, limit) = (line.GetValue(_queue), Limits.Value(line, _limit));
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var letters = services.GetRequiredService<DeadLetters>();
        var found = await letters.ListAsync(queue, limit, cancellation);
        if (found.Count == 0 && queue is not null)
            Limits.RequireQueue(services.GetRequiredService<FlowTables>(), queue);
        if (line.GetValue(_json))
        {
            Sheet.Json(shell.Terminal, found.Select(Json));
            return ExitCode.Success;
        }

        var all = await letters.CountAsync(queue, cancellation);
        if (all == 0)
        {
            shell.Terminal.Line(queue is null ? "There are no dead letters." : $"There are no dead letters of queue '{queue}'.");
            return ExitCode.Success;
        }

        shell.Terminal.Out.Write(Table(found, shell.Terminal.Out.Profile.Width));
        if (all > found.Count)
            shell.Terminal.Line(Sheet.Say($"{found.Count} of {all:N0}; --limit {all} prints them all."));
        return ExitCode.Success;
    }

    /// <summary>Ids and queues must be copyable as a whole: on a narrow terminal the other columns move below the queue.</summary>
    internal static Table Table(IReadOnlyList<DeadLetter> letters, int width) => width >= WidthOfAll
        ? Sheet.Rows(["id", "queue", "message", "#attempts", "died", "reason"], letters, letter =>
            [letter.Id, letter.Queue, letter.ShortType, letter.Attempts, Sheet.Time(letter.DiedAt), Sheet.Short(letter.Reason)])
        : Sheet.Rows(["id", "queue, message, reason"], letters, letter =>
            [letter.Id, Sheet.Say($"{letter.Queue}\n{letter.ShortType}, {Sheet.Time(letter.DiedAt)}\n{Sheet.Short(letter.Reason)}")]);

    private static async Task<int> ShowAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        var (id, queue) = (line.GetRequiredValue(_id), line.GetValue(_queue));
        var found = await services.GetRequiredService<DeadLetters>().FindAsync(id, queue, cancellation);
        if (found.Count == 0)
            throw new VerbException(DeadLetterChanges.Unknown(id, queue));
        if (line.GetValue(_json))
        {
            Sheet.Json(shell.Terminal, found.Select(Json));
            return ExitCode.Success;
        }

        foreach (var letter in found)
            Print(shell.Terminal, letter);
        return ExitCode.Success;
    }

    private static void Print(Terminal terminal, DeadLetter letter)
    {
        Sheet.Facts(
            terminal,
            ("id", letter.Id),
            ("queue", letter.Queue),
            ("message", letter.ShortType),
            ("body", letter.Body),
            ("reason", letter.Reason),
            ("attempts", letter.Attempts),
            ("crashes", letter.Crashes),
            ("order key", letter.OrderKey),
            ("correlation", letter.CorrelationId),
            ("sent", Sheet.Time(letter.SentAt)),
            ("died", Sheet.Time(letter.DiedAt)));
        terminal.Line();
        terminal.Line(letter.Stack);
        terminal.Line();
    }

    private static object Json(DeadLetter letter) => new
    {
        letter.Id,
        letter.Queue,
        letter.Type,
        Body = Body(letter.Body),
        letter.Reason,
        letter.Attempts,
        letter.Crashes,
        letter.OrderKey,
        letter.CorrelationId,
        SentAt = DateTimeOffset.FromUnixTimeMilliseconds(letter.SentAt),
        DiedAt = DateTimeOffset.FromUnixTimeMilliseconds(letter.DiedAt),
        letter.Stack,
    };

    private static JsonNode? Body(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (System.Text.Json.JsonException)
        {
            return body;
        }
    }
}
