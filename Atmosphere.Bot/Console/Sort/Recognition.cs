using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Console.Sort;

/// <summary>Recognises photos in parallel; results keep the order of the photos, so that two runs give the same file names.</summary>
internal sealed class Recognition(PhotoRecogniser recogniser, PhotoReading reading, CollectionId collection, SortSettings settings)
{
    // Lets the workers run ahead of a slow photo.
    private const int AheadOfEachWorker = 8;

    public async IAsyncEnumerable<(PhotoFile Photo, SortedPhoto Result)> RunAsync(
        IReadOnlyList<PhotoFile> photos, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var free = new SemaphoreSlim(settings.Workers);
        var running = new Queue<Task<SortedPhoto>>();
        try
        {
            var next = 0;
            foreach (var photo in photos)
            {
                while (next < photos.Count && running.Count < settings.Workers * AheadOfEachWorker)
                    running.Enqueue(OneAsync(photos[next++], free, stop.Token));
                yield return (photo, await running.Dequeue());
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<SortedPhoto> OneAsync(PhotoFile photo, SemaphoreSlim free, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => RecogniseAsync(photo, cancellation), cancellation);
        }
        finally
        {
            free.Release();
        }
    }

    private async Task<SortedPhoto> RecogniseAsync(PhotoFile photo, CancellationToken cancellation)
    {
        try
        {
            var pixels = await reading.ReadAsync(photo, cancellation);
            var plan = settings.Fast ? DetectionPlan.Fast : DetectionPlan.Thorough;
            return SortedPhoto.Processed(photo.Name, await recogniser.RecogniseAsync(pixels, collection, plan, cancellation));
        }
        catch (UnreadablePhotoException unreadable)
        {
            return SortedPhoto.Refused(photo.Name, unreadable.Message);
        }
    }
}
