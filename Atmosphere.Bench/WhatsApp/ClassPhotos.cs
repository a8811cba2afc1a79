using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bench.WhatsApp;

/// <summary>Posts class photos round and round, so that recognition never rests, until it is stopped.</summary>
internal sealed class ClassPhotos : IDisposable
{
    private const int Waiting = 4;
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop;
    private readonly Task<int> _posting;

    public ClassPhotos(GroupPhotos group, Database database, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _posting = files.Count == 0 ? Task.FromResult(0) : PostAsync(group, database, files, _stop.Token);
    }

    /// <returns>How many photos were finished.</returns>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _posting;
    }

    public void Dispose() => _stop.Dispose();

    private static async Task<int> PostAsync(GroupPhotos group, Database database, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        var (posted, finished) = (0, 0);
        using var look = new PeriodicTimer(_look);
        try
        {
            while (true)
            {
                for (; posted - finished < Waiting; posted++)
                {
                    var file = files[posted % files.Count];
                    var bytes = await File.ReadAllBytesAsync(file, cancellation);
                    await group.ReceiveAsync(ClassGroup.Id, Guid.NewGuid().ToString("N"), Path.GetFileName(file), bytes, cancellation);
                }

                await look.WaitForNextTickAsync(cancellation);
                finished = await FinishedAsync(database, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            return finished;
        }
    }

    private static async Task<int> FinishedAsync(Database database, CancellationToken cancellation) => (int)await database.ReadAsync(
        session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM photos WHERE distributed_at IS NOT NULL OR state = 'failed'"), cancellation);
}
