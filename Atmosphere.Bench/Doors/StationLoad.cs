using System.Diagnostics;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Console.Playground;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.Doors;

/// <summary>Uploads a sample photo as a camera station does, again and again.</summary>
internal sealed class StationLoad : IDisposable
{
    private readonly StationClient _station;
    private readonly byte[] _photo;
    private readonly TimeSpan _every;
    private int _uploads;

    private StationLoad(StationClient station, byte[] photo, TimeSpan every) => (_station, _photo, _every) = (station, photo, every);

    /// <param name="server">Gets a group and a client for the uploads.</param>
    /// <param name="every">The pause between two uploads.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<StationLoad> SetUpAsync(TemporaryServer server, TimeSpan every, CancellationToken cancellation)
    {
        var group = await server.Services.GetRequiredService<Groups>().AddAsync("bench", "Bench", cancellation: cancellation);
        var (_, token) = await server.Services.GetRequiredService<Stations>().AddAsync("bench", group.Id, cancellation: cancellation);
        var photo = await File.ReadAllBytesAsync(Directory.GetFiles(SamplePhotos.Folder, "sample*.jpg").Order(StringComparer.Ordinal).First(), cancellation);
        return new StationLoad(new StationClient(server.Address, token), photo, every);
    }

    /// <param name="requests">How many uploads.</param>
    /// <param name="calm">Whether each photo is to be recognised before the next one is uploaded.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<DoorTimes> MeasureAsync(int requests, bool calm, CancellationToken cancellation)
    {
        var times = new double[requests];
        using var tick = new PeriodicTimer(_every);
        for (var i = 0; i < requests; i++)
        {
            await tick.WaitForNextTickAsync(cancellation);
            var start = Stopwatch.GetTimestamp();
            var photo = await _station.UploadAsync(_photo, $"bench-{_uploads++}", cancellation);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (calm)
                await _station.EndedAsync(photo, cancellation);
        }

        return new DoorTimes("POST /api/faces", times);
    }

    public void Dispose() => _station.Dispose();
}
