using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atmosphere.Bench.WhatsApp;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Playground;
using Spectre.Console;

namespace Atmosphere.Bench.Verbs;

/// <summary>Atmosphere.Bench whatsapp: how long Twilio waits for its answer while photos are recognised, and whether anything is lost or doubled.</summary>
internal static class WhatsAppVerb
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private static readonly Option<int> _rate = new("--rate") { Description = "Webhooks a second", HelpName = "N", DefaultValueFactory = _ => 200 };

    private static readonly Option<int> _seconds = new("--seconds") { Description = "For how long", HelpName = "N", DefaultValueFactory = _ => 60 };

    private static readonly Option<int> _senders = new("--senders") { Description = "Parents who write in turn", HelpName = "N", DefaultValueFactory = _ => 1_000 };

    private static readonly Option<DirectoryInfo?> _photos = new("--photos")
    {
        Description = "Photos that are posted to the class all the while (default: the samples)",
        HelpName = "DIR",
    };

    private static readonly Option<string?> _file = new("--json") { Description = "Also write the figures as JSON", HelpName = "FILE" };

    public static Command Create(Shell shell)
    {
        var command = new Command("whatsapp", "Answer times of the Twilio webhook while photos are recognised, and every message and reply counted")
        {
            _rate, _seconds, _senders, _photos, _file,
        };
        command.SetAction((line, cancellation) => RunAsync(shell, line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var plan = new WhatsAppPlan(line.GetValue(_rate), line.GetValue(_seconds), line.GetValue(_senders), Photos(line.GetValue(_photos)));
        if (plan.Rate is < 1 or > 10_000 || plan.Seconds is < 1 or > 3_600 || plan.Senders is < 1 or > 1_000_000)
            throw new UsageException("--rate must be 1 to 10000, --seconds 1 to 3600, --senders 1 to 1000000.");

        var result = await new WhatsAppBench(plan).RunAsync(shell.Settings(line), text => shell.Terminal.Line(text), cancellation);
        Print(shell.Terminal, plan, result);
        if (line.GetValue(_file) is { } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(Figures(plan, result), _json), cancellation);
        return result.IsWhole ? ExitCode.Success : ExitCode.Failure;
    }

    private static string[] Photos(DirectoryInfo? folder)
    {
        if (folder is { Exists: false })
            throw new UsageException($"The folder {folder} does not exist; name one with photos, or leave --photos out.");
        var photos = folder is null
            ? Directory.GetFiles(SamplePhotos.Folder, "sample*.jpg")
            : [.. folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension.ToLowerInvariant() is ".jpg" or ".jpeg" or ".png").Select(file => file.FullName)];
        return photos.Length > 0 ? [.. photos.Order(StringComparer.Ordinal)] : throw new UsageException($"There is no photo in {folder}; name a folder with .jpg or .png files.");
    }

    private static void Print(Terminal terminal, WhatsAppPlan plan, WhatsAppResult result)
    {
        var times = new Table().Border(TableBorder.Simple).AddColumns("door", "webhooks", "p50 ms", "p95 ms", "p99 ms", "max ms");
        times.AddRow([Markup.Escape(result.Door.Door), Text($"{result.Door.Milliseconds.Length}"), .. result.Door.Percentiles]);
        terminal.Out.Write(times);
        var counts = new Table().Border(TableBorder.Simple).AddColumns("", "sent", "lost", "doubled");
        counts.AddRow("messages", Text($"{result.Messages}"), Text($"{result.Lost}"), Text($"{result.Doubled}"));
        counts.AddRow("replies", Text($"{result.Replies}"), Text($"{result.RepliesLost}"), Text($"{result.RepliesDoubled}"));
        terminal.Out.Write(counts);
        terminal.Line(Text($"{result.Repeated} webhooks came twice, {result.Refused} were refused, {result.Unanswered} turns have no reply."));
        terminal.Line(Text($"{result.Photos} photos were recognised meanwhile; all was answered {result.AllAnswered.TotalSeconds:0.0} s after the last of {plan.Seconds} s."));
    }

    private static object Figures(WhatsAppPlan plan, WhatsAppResult result) => new
    {
        plan.Rate,
        plan.Seconds,
        plan.Senders,
        result.Messages,
        result.Repeated,
        result.Refused,
        result.Lost,
        result.Doubled,
        result.Unanswered,
        result.Replies,
        result.RepliesLost,
        result.RepliesDoubled,
        result.Photos,
        Milliseconds = result.Door.Percentiles.Zip(["p50", "p95", "p99", "max"]).ToDictionary(pair => pair.Second, pair => double.Parse(pair.First, CultureInfo.InvariantCulture)),
        SecondsUntilAllAnswered = result.AllAnswered.TotalSeconds,
        result.IsWhole,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
