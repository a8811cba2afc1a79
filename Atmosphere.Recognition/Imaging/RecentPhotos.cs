using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Imaging;

/// <summary>
/// The upright pixels of stored photos. The boxes of the pipeline want the same photo within seconds of each other: the last ones are
/// kept, and two that want it at the same moment wait for the same work, so that it is decoded once. Nothing depends on it: a photo that is
/// not kept is decoded again. Safe to call from several threads.
/// </summary>
public sealed class RecentPhotos(IMediaStore media, PhotoDecoder decoder, IOptions<ImagingOptions> options, TimeProvider clock)
{
    private readonly LinkedList<Kept> _newestFirst = [];

    // By what the sender calls it, too: the message of a refusal is for those who asked with that name.
    private readonly Dictionary<(MediaKey File, string Name), Task<Pixels>> _inWork = [];
    private readonly Lock _lock = new();

    /// <param name="file">The photo; it may have moved to another bucket since it was last asked for.</param>
    /// <param name="name">What the sender calls it, for the message of a refusal.</param>
    /// <param name="cancellation">Ends the waiting; the work goes on for whoever else wants the photo.</param>
    /// <exception cref="PhotoRefusedException">It is no photo that can be read.</exception>
    /// <exception cref="MediaNotFoundException">It is not there any more.</exception>
    public Task<Pixels> GetAsync(MediaKey file, string name, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (Find(file) is { } known)
                return Task.FromResult(known);

            if (!_inWork.TryGetValue((file, name), out var work))
                _inWork[(file, name)] = work = Task.Run(() => DecodeAsync(file, name), CancellationToken.None);
            return work.WaitAsync(cancellation);
        }
    }

    /// <summary>The photo is not wanted any more.</summary>
    public void Forget(MediaKey file)
    {
        lock (_lock)
        {
            Remove(Id(file));
            foreach (var asked in _inWork.Keys.Where(asked => Id(asked.File) == Id(file)).ToList())
                _ = _inWork.Remove(asked);
        }
    }

    private async Task<Pixels> DecodeAsync(MediaKey file, string name)
    {
        Pixels? pixels = null;
        try
        {
            return pixels = decoder.Decode(await media.GetAsync(file, CancellationToken.None), name);
        }
        finally
        {
            // In one breath, so that nobody finds it neither in work nor kept; a photo that was forgotten meanwhile is not kept.
            lock (_lock)
            {
                if (_inWork.Remove((file, name)) && pixels is not null)
                    Keep(file, pixels);
            }
        }
    }

    private Pixels? Find(MediaKey file)
    {
        while (_newestFirst.Last is { Value: var oldest } && clock.GetElapsedTime(oldest.Since) > options.Value.KeepPixelsFor)
            _newestFirst.RemoveLast();
        return _newestFirst.FirstOrDefault(kept => kept.Id == Id(file))?.Pixels;
    }

    private void Keep(MediaKey file, Pixels pixels)
    {
        var limit = (long)options.Value.KeepPixels << 20;
        Remove(Id(file));
        _newestFirst.AddFirst(new Kept(Id(file), pixels, clock.GetTimestamp()));
        while (_newestFirst.Sum(kept => (long)kept.Pixels.Rgb.Length) > limit)
            _newestFirst.RemoveLast();
    }

    private void Remove(string id)
    {
        if (_newestFirst.FirstOrDefault(kept => kept.Id == id) is { } kept)
            _ = _newestFirst.Remove(kept);
    }

    private static string Id(MediaKey file) => Path.GetFileNameWithoutExtension(file.Value);

    private sealed record Kept(string Id, Pixels Pixels, long Since);
}
