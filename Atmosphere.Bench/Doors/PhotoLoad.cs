using Atmosphere.Bot.Console.Clients;
using Atmosphere.Bot.Console.Playground;

namespace Atmosphere.Bench.Doors;

/// <summary>Posts the sample photos in a loop until it is stopped, so that recognition is always busy.</summary>
internal sealed class PhotoLoad : IDisposable
{
    /// <summary>How many photos are posted and not finished: more than there are workers.</summary>
    public const int Waiting = 4;

    private readonly CancellationTokenSource _stop;
    private readonly Task<int> _posting;

    public PhotoLoad(Uri server, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _posting = PostAsync(server, _stop.Token);
    }

    /// <returns>How many photos were finished.</returns>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _posting;
    }

    public void Dispose() => _stop.Dispose();

    private static async Task<int> PostAsync(Uri server, CancellationToken cancellation)
    {
        using var group = new GroupClient(server);
        var files = Directory.GetFiles(SamplePhotos.Folder, "sample*.jpg");
        var waiting = new Queue<string>();
        var finished = 0;
        try
        {
            for (var i = 0; ; i++)
            {
                var id = $"bench-{i}";
                await group.PostAsync(files[i % files.Length], id, cancellation);
                waiting.Enqueue(id);
                if (waiting.Count < Waiting)
                    continue;
                await group.FinishedAsync(waiting.Dequeue(), cancellation);
                finished++;
            }
        }
        catch (OperationCanceledException)
        {
            return finished;
        }
    }
}
