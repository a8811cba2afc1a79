using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Contracts;

/// <summary>What every media store promises.</summary>
public abstract class MediaStoreContract
{
    private protected abstract IMediaFiles Store { get; }

    [Fact]
    public async Task What_was_put_comes_back_under_a_key_that_says_nothing()
    {
        var key = await Store.PutAsync(MediaBucket.Training, new byte[] { 1, 2, 3 }, "image/png", default);

        Assert.Matches(@"^training/[0-9a-f]{32}\.png$", key.Value);
        Assert.Equal([1, 2, 3], await Store.GetAsync(key, default));
        Assert.True(await Store.ExistsAsync(key, default));
    }

    [Fact]
    public async Task The_same_bytes_twice_are_two_files()
    {
        var first = await Store.PutAsync(MediaBucket.Outbound, new byte[] { 1 }, "image/jpeg", default);
        var second = await Store.PutAsync(MediaBucket.Outbound, new byte[] { 1 }, "image/jpeg", default);

        Assert.NotEqual(first, second);
        Assert.Equivalent(new[] { first, second }, (await Store.ListAsync(MediaBucket.Outbound, default)).Select(file => file.Key), strict: true);
        Assert.Empty(await Store.ListAsync(MediaBucket.Training, default));
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_may_be_deleted_again()
    {
        var key = await Store.PutAsync(MediaBucket.Training, new byte[] { 1 }, "image/jpeg", default);
        await Store.DeleteAsync(key, default);
        await Store.DeleteAsync(key, default);

        Assert.False(await Store.ExistsAsync(key, default));
        await Assert.ThrowsAsync<MediaNotFoundException>(() => Store.GetAsync(key, default));
    }

    [Fact]
    public async Task A_copy_has_the_same_name_in_another_bucket_however_often_it_is_made()
    {
        var key = await Store.PutAsync(MediaBucket.Unprocessed, new byte[] { 1, 2, 3 }, "image/jpeg", default);
        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.CopyAsync(key, MediaBucket.Processed, default)));

        Assert.Equal($"processed/{key.Value.Split('/')[1]}", Assert.Single(copies.Distinct()).Value);
        Assert.Equal([1, 2, 3], await Store.GetAsync(copies[0], default));
        Assert.Equal(key, Assert.Single(await Store.ListAsync(MediaBucket.Unprocessed, default)).Key);
        Assert.Equal(copies[0], Assert.Single(await Store.ListAsync(MediaBucket.Processed, default)).Key);
    }

    [Fact]
    public async Task What_is_gone_cannot_be_copied()
    {
        var key = await Store.PutAsync(MediaBucket.Unprocessed, new byte[] { 1 }, "image/jpeg", default);
        await Store.DeleteAsync(key, default);

        await Assert.ThrowsAsync<MediaNotFoundException>(() => Store.CopyAsync(key, MediaBucket.Processed, default));
        Assert.Empty(await Store.ListAsync(MediaBucket.Processed, default));
    }

    [Theory]
    [InlineData("../atmosphere.db")]
    [InlineData("training/../../atmosphere.db")]
    [InlineData("training/../unprocessed/00000000000000000000000000000000.jpg")]
    [InlineData("/etc/passwd")]
    [InlineData("training//etc/passwd")]
    [InlineData("training/00000000000000000000000000000000.jpg\n")]
    [InlineData("training\\..\\..\\atmosphere.db")]
    [InlineData("")]
    public async Task A_key_that_is_none_leads_nowhere(string text)
    {
        var key = new MediaKey(text);

        Assert.False(await Store.ExistsAsync(key, default));
        await Assert.ThrowsAsync<MediaNotFoundException>(() => Store.GetAsync(key, default));
        await Store.DeleteAsync(key, default);
    }
}
