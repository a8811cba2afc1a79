using System.CommandLine;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>The start settings of the server.</summary>
/// <param name="Settings">The settings from all sources.</param>
/// <param name="DataFolder">Full path of the data folder.</param>
/// <param name="Urls">Addresses to listen on, separated by semicolons.</param>
internal sealed record ServeSettings(IConfigurationRoot Settings, string DataFolder, string Urls);

/// <summary>atmosphere serve</summary>
internal static class ServeVerb
{
    public const string DefaultUrls = "http://localhost:3978";

    public static Command Create(Shell shell, Func<ServeSettings, CancellationToken, Task> serve)
    {
        var command = new Command("serve", "Serve the bot and its pages until Ctrl+C (the default)") { shell.Urls };
        command.SetAction(async (line, cancellation) =>
        {
            var settings = shell.Settings(line);
            await serve(new ServeSettings(settings, Shell.DataFolder(settings), UrlsOf(shell, line, settings)), cancellation);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>--urls, otherwise ASPNETCORE_URLS, otherwise the default; all are validated.</summary>
    public static string UrlsOf(Shell shell, ParseResult line, IConfiguration settings)
    {
        var urls = line.GetValue(shell.Urls) ?? settings["ASPNETCORE_URLS"] ?? DefaultUrls;
        foreach (var url in urls.Split(';'))
        {
            if (!Uri.TryCreate(url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                || uri.Scheme is not ("http" or "https"))
            {
                throw new UsageException($"'{url}' is no address to serve at. Write it as {DefaultUrls}.");
            }
        }

        return urls;
    }
}
