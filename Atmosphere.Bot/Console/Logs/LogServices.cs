using Microsoft.Extensions.Logging.Console;

namespace Atmosphere.Bot.Console.Logs;

internal static class LogServices
{
    /// <summary>Configures the format of the server's log; setting <c>Atmosphere:Logs:Format</c>.</summary>
    public static void AddLogFormat(this ILoggingBuilder logging, bool json)
    {
        if (!json)
            return;
        logging.AddConsole(console => console.FormatterName = JsonLines.FormatterName);
        logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
    }
}
