using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere consents list|export</summary>
internal static class ConsentsVerb
{
    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<int> _limit = Limits.Limit();

    public static Command Create(Shell shell)
    {
        var list = new Command("list", "Print them, the last one first; nothing of them names anybody") { _limit, _json };
        list.SetAction(async (line, cancellation) =>
        {
            var entries = await ReadAsync(shell, line, Limits.Value(line, _limit), cancellation);
            if (line.GetValue(_json))
                Sheet.Json(shell.Terminal, entries.Select(Json));
            else
                Print(shell.Terminal, entries);
            return ExitCode.Success;
        });
        var export = new Command("export", "Print all of them as JSON, to be kept or shown to a supervisory authority");
        export.SetAction(async (line, cancellation) =>
        {
            Sheet.Json(shell.Terminal, (await ReadAsync(shell, line, int.MaxValue, cancellation)).Select(Json));
            return ExitCode.Success;
        });
        return new Command("consents", "What was agreed to and withdrawn, without saying by whom: who agreed has the id in their export") { list, export };
    }

    private static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(Shell shell, ParseResult line, int limit, CancellationToken cancellation)
    {
        await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
        return await services.GetRequiredService<Database>().ReadAsync(session => ConsentLedger.ListAsync(session, limit), cancellation);
    }

    private static object Json(LedgerEntry entry) => new
    {
        entry.Id,
        entry.Purpose,
        entry.Version,
        entry.TextHash,
        entry.Said,
        entry.Channel,
        GivenAt = Sheet.Time(entry.GivenAt),
        WithdrawnAt = Withdrawn(entry),
    };

    private static string? Withdrawn(LedgerEntry entry) => entry.WithdrawnAt is { } at ? Sheet.Time(at) : null;

    private static void Print(Terminal terminal, IReadOnlyList<LedgerEntry> entries)
    {
        if (entries.Count == 0)
        {
            terminal.Line("Nobody agreed to anything yet.");
            return;
        }

        terminal.Out.Write(Sheet.Rows(
            ["given", "withdrawn", "version", "said", "channel", "id"], entries, row => [Sheet.Time(row.GivenAt), Withdrawn(row), row.Version, row.Said, row.Channel, row.Id]));
    }
}
