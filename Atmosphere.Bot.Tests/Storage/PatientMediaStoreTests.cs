using Atmosphere.Bot.Tests.Contracts;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Storage;

/// <summary>Keeps all promises of a store, also when one call of five of the store under it fails.</summary>
public sealed class PatientMediaStoreTests : MediaStoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-patient-").FullName;
    private readonly FailingMediaStore _failing;

    public PatientMediaStoreTests()
    {
        var calls = 0;
        _failing = new FailingMediaStore(
            new FileMediaStore(_folder, new TestClock()),
            () => Interlocked.Increment(ref calls) % 5 == 1 ? new IOException("The disk did not answer.") : null);
        Store = new PatientMediaStore(_failing, TimeProvider.System);
    }

    private protected override IMediaFiles Store { get; }

    [Fact]
    public async Task What_is_missing_is_not_looked_for_again()
    {
        _failing.Fault = () => null;
        await Assert.ThrowsAsync<MediaNotFoundException>(() => Store.GetAsync(new MediaKey("training/00000000000000000000000000000000.jpg"), default));
        Assert.Equal(1, _failing.Calls);
    }

    [Fact]
    public async Task A_full_disk_is_told_at_once()
    {
        _failing.Fault = () => new StorageFullException(_folder, new IOException());
        await Assert.ThrowsAsync<StorageFullException>(() => Store.PutAsync(MediaBucket.Training, new byte[] { 1 }, "image/jpeg", default));
        Assert.Equal(1, _failing.Calls);
    }

    [Fact]
    public async Task A_fault_that_stays_is_told()
    {
        _failing.Fault = () => new IOException("The disk is gone.");
        Assert.Equal("The disk is gone.", (await Assert.ThrowsAsync<IOException>(() => Store.ListAsync(MediaBucket.Training, default))).Message);
        Assert.Equal(6, _failing.Calls);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
