using System.CommandLine;
using System.Diagnostics;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Console.Playground;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere demo: registers a child and delivers a photo, over real HTTP, with the sample photos.</summary>
internal static class DemoVerb
{
    private const string Child = "Maya";
    private const string Portrait = "sample6.jpg";
    private const int Face = 1;

    public static Command Create(Shell shell)
    {
        var command = new Command("demo", "Register a child and deliver a group photo in front of you, then tidy up");
        command.SetAction(async (line, cancellation) =>
        {
            await using var server = await TemporaryServer.StartAsync(shell.Settings(line), cancellation);
            await PlayAsync(server.Address, shell.Terminal.Out, cancellation);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task PlayAsync(Uri server, IAnsiConsole console, CancellationToken cancellation)
    {
        console.MarkupLineInterpolated($"A server runs at {server} for this demo. A parent registers [bold]{Child}[/]:");
        console.WriteLine();
        using var parent = await DirectLineClient.StartAsync(server, cancellation);
        await ChildRegistration.ByChatAsync(
            parent, Child, Path.Combine(SamplePhotos.Folder, Portrait), Face, (bot, line) => Say(console, bot, line), cancellation);

        console.WriteLine();
        console.WriteLine("Somebody posts the sample photos to the class group:");
        console.WriteLine();
        var clock = Stopwatch.StartNew();
        var photos = await PostSamplesAsync(server, console, cancellation);

        console.WriteLine();
        console.WriteLine($"{photos} photos took {clock.Elapsed.TotalSeconds:0.0} s. What the parent got:");
        console.WriteLine();
        foreach (var line in await parent.ReadUntilAsync(line => line.Pictures.Count > 0, TimeSpan.FromSeconds(10), cancellation))
        {
            Say(console, bot: true, line);
            foreach (var picture in line.Pictures)
                console.MarkupLineInterpolated($"             [grey]a picture of {(await parent.DownloadAsync(picture, cancellation)).Length / 1024} kB[/]");
        }

        console.WriteLine();
        console.MarkupLine("Nothing of this is kept. Try it yourself: [bold]atmosphere serve[/]");
    }

    private static async Task<int> PostSamplesAsync(Uri server, IAnsiConsole console, CancellationToken cancellation)
    {
        using var group = new GroupClient(server);
        var names = Directory.GetFiles(SamplePhotos.Folder, "sample*.jpg").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        foreach (var name in names)
            await group.PostAsync(Path.Combine(SamplePhotos.Folder, name), name, cancellation);
        foreach (var name in names)
            console.MarkupLineInterpolated($"  [grey]{name}[/]  {(await group.FinishedAsync(name, cancellation)).Sentence}");
        return names.Count;
    }

    private static void Say(IAnsiConsole console, bool bot, BotLine line)
    {
        var text = string.Join("\n             ", line.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        if (bot)
            console.MarkupLineInterpolated($"[teal]  Atmosphere[/] {text}");
        else
            console.MarkupLineInterpolated($"[olive]      parent[/] {text}");
        if (line.Buttons.Count > 0)
            console.MarkupLineInterpolated($"             [grey]{string.Join("   ", line.Buttons.Select(button => $"({button})"))}[/]");
    }
}
