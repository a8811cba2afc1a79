using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere erasures list</summary>
internal static class ErasuresVerb
{
    private const int WidthOfAll = 100;

    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<int> _limit = Limits.Limit();

    public static Command Create(Shell shell)
    {
        var list = new Command("list", "Print them, the last one first; nothing of them names anybody") { _limit, _json };
        list.SetAction(async (line, cancellation) =>
        {
            var limit = Limits.Value(line, _limit);
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var erasures = await services.GetRequiredService<ErasureRecords>().ListAsync(limit, cancellation);
            if (line.GetValue(_json))
                Sheet.Json(shell.Terminal, erasures.Select(Json));
            else
                Print(shell.Terminal, erasures);
            return ExitCode.Success;
        });
        return new Command("erasures", "Erasures, without names: when, how much, and whether anything is left") { list };
    }

    private static object Json(ErasureEntry erasure) => new
    {
        Id = erasure.Id.Value,
        erasure.Kind,
        erasure.State,
        AskedAt = Sheet.Time(erasure.AskedAt),
        EndedAt = Ended(erasure),
        erasure.RowsDeleted,
        erasure.FilesDeleted,
        erasure.FacesDeleted,
        erasure.LeftOver,
        erasure.Searched,
        erasure.Error,
    };

    private static string? Ended(ErasureEntry erasure) => erasure.EndedAt is { } ended ? Sheet.Time(ended) : null;

    private static void Print(Terminal terminal, IReadOnlyList<ErasureEntry> erasures)
    {
        if (erasures.Count == 0)
        {
            terminal.Line("Nobody asked to be forgotten yet.");
            return;
        }

        terminal.Out.Write(terminal.Out.Profile.Width >= WidthOfAll
            ? Sheet.Rows(
                ["asked", "kind", "state", "ended", "#rows", "#files", "#faces", "#left", "searched", "error"], erasures,
                row => [Sheet.Time(row.AskedAt), row.Kind, row.State, Ended(row), row.RowsDeleted, row.FilesDeleted, row.FacesDeleted, row.LeftOver, row.Searched, row.Error is null ? null : Sheet.Short(row.Error)])
            : Sheet.Rows(["asked", "kind, state"], erasures, row => [Sheet.Time(row.AskedAt), $"{row.Kind}: {row.State} {Sheet.Short(row.Error)}".TrimEnd()]));
        foreach (var failed in erasures.Where(erasure => erasure.Error is not null))
            terminal.Line($"{failed.Id}: {failed.Error}");
    }
}
