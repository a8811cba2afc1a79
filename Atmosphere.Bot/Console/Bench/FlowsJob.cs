using System.Diagnostics;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Bench;

/// <summary>Posts photos and waits until all flows have finished with them.</summary>
internal sealed class FlowsJob(GroupPhotos group, Database database, IReadOnlyList<string> photos)
{
    // One query for all photos: a query for each would cost too much of the measured work.
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    /// <param name="count">Number of photos, cycling through the samples; all are posted at once, as after a school trip.</param>
    /// <returns>Time from the first post to the end of the last photo.</returns>
    public async Task<TimeSpan> RunAsync(int count, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var photo = photos[i % photos.Count];
            var bytes = await File.ReadAllBytesAsync(photo, cancellation);
            await group.ReceiveAsync(ClassGroup.Id, Guid.NewGuid().ToString("N"), Path.GetFileName(photo), bytes, cancellation);
        }

        using var look = new PeriodicTimer(_look);
        while (await database.ReadAsync(ReceivedPhotos.CountUnfinishedAsync, cancellation) > 0)
            await look.WaitForNextTickAsync(cancellation);
        return Stopwatch.GetElapsedTime(started);
    }
}
