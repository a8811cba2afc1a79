using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Imaging;

/// <summary>
/// A cache of the upright pixels of stored photos. The steps of the pipeline need the same photo within seconds, so the latest photos are
/// kept, and concurrent requests for a photo share one decoding. A photo that is no longer cached is decoded again. Safe to call from
/// several threads.
/// </summary>
public sealed class RecentPhotos(IMediaReader media, PhotoDecoder decoder, IOptions<ImagingOptions> options, TimeProvider clock)
{
    private readonly LinkedList<Kept> _newestFirst = [];

    // The name is part of the key because the refusal message contains it.
    private readonly Dictionary<(MediaKey File, string Name, QuarterTurn Turn), Task<Pixels>> _inWork = [];
    private readonly Lock _lock = new();

    /// <param name="file">The photo; it may have moved to another bucket since the last request.</param>
    /// <param name="name">The sender's name for the photo, used in the refusal message.</param>
    /// <param name="turn">How the decoded photo must be turned.</param>
    /// <param name="cancellation">Ends the waiting; the decoding continues for other callers.</param>
    /// <exception cref="PhotoRefusedException">The file is not a readable photo.</exception>
    /// <exception cref="MediaNotFoundException">The file no longer exists.</exception>
    public Task<Pixels> GetAsync(MediaKey file, string name, QuarterTurn turn, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (Find(file, turn) is { } known)
                return Task.FromResult(known);

            if (!_inWork.TryGetValue((file, name, turn), out var work))
                _inWork[(file, name, turn)] = work = Task.Run(() => DecodeAsync(file, name, turn), CancellationToken.None);
            return work.WaitAsync(cancellation);
        }
    }

    /// <summary>Removes the photo from the cache.</summary>
    public void Forget(MediaKey file)
    {
        lock (_lock)
        {
            Remove(Id(file));
            foreach (var asked in _inWork.Keys.Where(asked => Id(asked.File) == Id(file)).ToList())
                _ = _inWork.Remove(asked);
        }
    }

    private async Task<Pixels> DecodeAsync(MediaKey file, string name, QuarterTurn turn)
    {
        Pixels? pixels = null;
        try
        {
            return pixels = decoder.Decode(await media.GetAsync(file, CancellationToken.None), name).Turned(turn);
        }
        finally
        {
            // Under one lock, so that a photo is always either being decoded or cached; a photo that was forgotten meanwhile is not cached.
            lock (_lock)
            {
                if (_inWork.Remove((file, name, turn)) && pixels is not null)
                    Keep(file, turn, pixels);
            }
        }
    }

    private Pixels? Find(MediaKey file, QuarterTurn turn)
    {
        while (_newestFirst.Last is { Value: var oldest } && clock.GetElapsedTime(oldest.Since) > options.Value.KeepPixelsFor)
            _newestFirst.RemoveLast();
        return _newestFirst.FirstOrDefault(kept => kept.Id == Id(file) && kept.Turn == turn)?.Pixels;
    }

    private void Keep(MediaKey file, QuarterTurn turn, Pixels pixels)
    {
        var limit = (long)options.Value.KeepPixels << 20;
        Remove(Id(file));
        _newestFirst.AddFirst(new Kept(Id(file), turn, pixels, clock.GetTimestamp()));
        while (_newestFirst.Sum(kept => (long)kept.Pixels.Rgb.Length) > limit)
            _newestFirst.RemoveLast();
    }

    private void Remove(string id)
    {
        if (_newestFirst.FirstOrDefault(kept => kept.Id == id) is { } kept)
            _ = _newestFirst.Remove(kept);
    }

    private static string Id(MediaKey file) => Path.GetFileNameWithoutExtension(file.Value);

    private sealed record Kept(string Id, QuarterTurn Turn, Pixels Pixels, long Since);
}
