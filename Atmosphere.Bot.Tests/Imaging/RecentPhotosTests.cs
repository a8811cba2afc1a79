using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>The boxes of the pipeline share the work on a photo, and only the work.</summary>
public sealed class RecentPhotosTests : IDisposable
{
    private static readonly ImagingOptions _options = new();
    private static readonly PhotoDecoder _decoder = new(_options);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly FailingMediaStore _store;
    private readonly RecentPhotos _photos;
    private Exception? _fault;

    public RecentPhotosTests()
    {
        _store = new FailingMediaStore(new FileMediaStore(_folder.Path, TimeProvider.System), () =>
        {
            _gate.Wait();
            return _fault;
        });
        _photos = new RecentPhotos(_store, _decoder, Options.Create(_options), new TestClock());
    }

    /// <summary>The photo itself was one call.</summary>
    private int Decodes => _store.Calls - 1;

    public void Dispose()
    {
        _gate.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whoever_asks_while_a_photo_is_being_decoded_waits_for_the_same_pixels()
    {
        var photo = await PhotoAsync();
        _gate.Reset();
        var askers = Enumerable.Range(0, 5).Select(_ => _photos.GetAsync(photo, "a.jpg", default, default)).ToList();
        _gate.Set();

        var pixels = await Task.WhenAll(askers);
        Assert.Single(pixels.Distinct(ReferenceEqualityComparer.Instance));
        Assert.Same(pixels[0], await _photos.GetAsync(photo, "a.jpg", default, default));
        Assert.Equal(1, Decodes);
    }

    [Fact]
    public async Task An_asker_who_gives_up_does_not_take_the_pixels_from_the_other()
    {
        var photo = await PhotoAsync();
        _gate.Reset();
        using var impatience = new CancellationTokenSource();
        var impatient = _photos.GetAsync(photo, "a.jpg", default, impatience.Token);
        var patient = _photos.GetAsync(photo, "a.jpg", default, default);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _gate.Set();

        Assert.Equal(40, (await patient).Width);
        Assert.Equal(1, Decodes);
    }

    [Fact]
    public async Task A_failure_is_everybodys_who_waited_and_nobodys_who_asks_later()
    {
        var photo = await PhotoAsync();
        _gate.Reset();
        _fault = new IOException("The disk is tired.");
        var askers = new[] { _photos.GetAsync(photo, "a.jpg", default, default), _photos.GetAsync(photo, "a.jpg", default, default) };
        _gate.Set();
        foreach (var asker in askers)
            await Assert.ThrowsAsync<IOException>(() => asker);

        _fault = null;
        Assert.Equal(40, (await _photos.GetAsync(photo, "a.jpg", default, default)).Width);
        Assert.Equal(2, Decodes);
    }

    [Fact]
    public async Task A_refusal_names_the_photo_as_the_asker_does()
    {
        var broken = await _store.PutAsync(MediaBucket.Unprocessed, new byte[] { 1, 2, 3 }, "image/jpeg", default);
        _gate.Reset();
        var (hers, ours) = (_photos.GetAsync(broken, "hers.jpg", default, default), _photos.GetAsync(broken, "the photo", default, default));
        _gate.Set();

        Assert.Contains("hers.jpg", (await Assert.ThrowsAsync<PhotoRefusedException>(() => hers)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hers.jpg", (await Assert.ThrowsAsync<PhotoRefusedException>(() => ours)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_that_is_forgotten_while_it_is_decoded_is_not_kept()
    {
        var photo = await PhotoAsync();
        _gate.Reset();
        var asker = _photos.GetAsync(photo, "a.jpg", default, default);
        _photos.Forget(photo);
        _gate.Set();
        _ = await asker;

        _ = await _photos.GetAsync(photo, "a.jpg", default, default);
        Assert.Equal(2, Decodes);
    }

    private Task<MediaKey> PhotoAsync() =>
        _store.PutAsync(MediaBucket.Unprocessed, new PhotoEncoder(_options).EncodeJpeg(DrawnPhotos.Quarters(40, 30), 90), "image/jpeg", default);
}
