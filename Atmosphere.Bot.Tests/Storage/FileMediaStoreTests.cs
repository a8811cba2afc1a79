using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Storage;

public sealed class FileMediaStoreTests : MediaStoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-media-").FullName;
    private readonly TestClock _clock = new();

    public FileMediaStoreTests()
    {
        File.WriteAllText(Path.Combine(_folder, "atmosphere.db"), "the database");
        Store = new FileMediaStore(_folder, _clock);
    }

    private protected override IMediaFiles Store { get; }

    [Fact]
    public async Task A_file_knows_when_it_was_stored()
    {
        var key = await Store.PutAsync(MediaBucket.Training, new byte[] { 1 }, "image/jpeg", default);

        Assert.Equal(new StoredMedia(key, _clock.GetUtcNow()), Assert.Single(await Store.ListAsync(MediaBucket.Training, default)));
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_no_file_and_goes_at_the_next_start()
    {
        var half = Path.Combine(_folder, "media", "training", "00000000000000000000000000000000.jpg.tmp");
        File.WriteAllText(half, "half");

        Assert.Empty(await Store.ListAsync(MediaBucket.Training, default));
        _ = new FileMediaStore(_folder, _clock);
        Assert.False(File.Exists(half));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_no_file_behind()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.PutAsync(MediaBucket.Training, new byte[100_000], "image/jpeg", new CancellationToken(canceled: true)));

        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "media"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_key_that_is_none_deletes_nothing_outside()
    {
        Store.DeleteAsync(new MediaKey("../atmosphere.db"), default);
        Assert.True(File.Exists(Path.Combine(_folder, "atmosphere.db")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
