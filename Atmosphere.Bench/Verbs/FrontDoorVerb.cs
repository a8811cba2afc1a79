using System.CommandLine;
using Atmosphere.Bench.Doors;
using Atmosphere.Bot.Console;
using Spectre.Console;

namespace Atmosphere.Bench.Verbs;

/// <summary>Atmosphere.Bench front-door: how long a message waits for its answer while photos are recognised, against an idle server.</summary>
internal static class FrontDoorVerb
{
    public static Command Create(Shell shell)
    {
        var count = new Option<int>("--requests") { Description = "Requests of each kind, idle and busy", DefaultValueFactory = _ => 500 };
        var pause = new Option<int>("--every") { Description = "Milliseconds between two requests", DefaultValueFactory = _ => 20 };
        var command = new Command("front-door", "Answer times of the doors, idle and while photos are being recognised") { count, pause };
        command.SetAction(async (line, cancellation) =>
        {
            if (line.GetValue(count) < 10 || line.GetValue(pause) < 1)
                throw new UsageException("--requests must be at least 10 and --every at least 1.");

            var every = TimeSpan.FromMilliseconds(line.GetValue(pause));
            await using var channel = await ReplySink.StartAsync(cancellation);
            await using var server = await TemporaryServer.StartAsync(shell.Settings(line), cancellation);
            var door = new FrontDoor(server.Address, channel.Address, every);
            using var stations = await StationLoad.SetUpAsync(server, every, cancellation);
            var few = line.GetValue(count) / 10;
            await door.MeasureAsync(few, cancellation);
            await stations.MeasureAsync(1, calm: true, cancellation);
            DoorTimes[] idle =
            [
                .. await door.MeasureAsync(line.GetValue(count), cancellation),
                await stations.MeasureAsync(few, calm: true, cancellation),
            ];
            using var load = new PhotoLoad(server.Address, cancellation);
            var busy = await door.MeasureAsync(line.GetValue(count), cancellation);
            var recognised = await load.StopAsync();
            // What is uploaded here is load enough: it comes in faster than it is recognised.
            Print(shell.Terminal.Out, idle, [.. busy, await stations.MeasureAsync(line.GetValue(count), calm: false, cancellation)], recognised);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<DoorTimes> idle, IReadOnlyList<DoorTimes> busy, int photos)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("door", "load", "p50 ms", "p95 ms", "p99 ms", "max ms");
        foreach (var (calm, loaded) in idle.Zip(busy))
        {
            table.AddRow([Markup.Escape(calm.Door), "idle", .. calm.Percentiles]);
            table.AddRow([Markup.Escape(loaded.Door), "photos", .. loaded.Percentiles]);
        }

        console.Write(table);
        console.WriteLine($"{photos} photos were recognised meanwhile; {PhotoLoad.Waiting} were always waiting or being worked on.");
        console.WriteLine("POST /api/faces: idle, each photo is recognised before the next one comes; with load, all that come wait for the recogniser.");
    }
}
