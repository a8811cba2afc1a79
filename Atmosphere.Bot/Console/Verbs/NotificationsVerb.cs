using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere notifications list</summary>
internal static class NotificationsVerb
{
    private const int WidthOfAll = 100;

    private static readonly Option<bool> _json = Limits.Json();
    private static readonly Option<int> _limit = Limits.Limit();

    public static Command Create(Shell shell)
    {
        var list = new Command("list", "Print them, the last one first") { _limit, _json };
        list.SetAction(async (line, cancellation) =>
        {
            var limit = Limits.Value(line, _limit);
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var notifications = await services.GetRequiredService<OperatorPhotos>().NotificationsAsync(limit, cancellation);
            if (line.GetValue(_json))
                Sheet.Json(shell.Terminal, notifications.Select(PhotoSheet.Json));
            else
                Print(shell.Terminal, notifications);
            return ExitCode.Success;
        });
        return new Command("notifications", "What operators should know: photos that failed, or went on without something") { list };
    }

    private static void Print(Terminal terminal, IReadOnlyList<NotificationEntry> notifications)
    {
        if (notifications.Count == 0)
        {
            terminal.Line("There are no notifications.");
            return;
        }

        terminal.Out.Write(terminal.Out.Profile.Width >= WidthOfAll
            ? Sheet.Rows(["time", "kind", "photo", "text"], notifications, row => [Sheet.Time(row.CreatedAt), row.Kind, row.PhotoId, row.Text])
            : Sheet.Rows(["photo", "time, kind, text"], notifications, row => [row.PhotoId, $"{Sheet.Time(row.CreatedAt)} {row.Kind}: {row.Text}"]));
    }
}
