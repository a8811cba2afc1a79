using System.Net;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Atmosphere.Bot.Tests.Channels.Stations;

/// <summary>The door answers whatever is behind it.</summary>
public sealed class IntakeUnderLoadTests
{
    [Fact]
    public async Task While_the_recogniser_stands_still_a_thousand_photos_come_in_and_wait_in_the_database()
    {
        await using var station = await StationAtTheDoor.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(request =>
            station.PostAsync($"key {request}", [.. Enumerable.Range(request * 100, 100).Select(StationAtTheDoor.Picture)])));

        Assert.All(answers, answer => Assert.Equal((202, 100), (answer.Status, answer.Images.Distinct().Count())));
        var last = await station.PostAsync("one more", StationAtTheDoor.Picture(5000));
        Assert.Equal(202, last.Status);
        Assert.False((await station.GetAsync(last.Location!)).Body.GetProperty("ended").GetBoolean());
        Assert.Equal(1001, await station.Server.QueryAsync<int>("SELECT COUNT(*) FROM photos WHERE state IN ('unprocessed', 'processing')"));
    }

    [Fact]
    public async Task Who_finds_all_turns_taken_is_asked_to_come_again()
    {
        await using var station = await StationAtTheDoor.StartAsync(
            settings: [("Atmosphere:Channels:Stations:RequestsAtOnce", "1"), ("Atmosphere:Channels:Stations:WaitForTurn", "00:00:00")]);
        byte[] part = RawUpload.Part("a.jpg", StationAtTheDoor.Picture());
        using (var slow = await RawUpload.BeginAsync(station, "slow", part.Length * 2))
        {
            await slow.SendAsync([.. part, .. RawUpload.Part("b.jpg", [])]);
            await Eventually.TrueAsync(async () => await station.CountAsync("photos") == 1, "its first image is stored");
            var answer = await station.PostAsync("key", StationAtTheDoor.Picture());
            answer.AssertProblem(HttpStatusCode.ServiceUnavailable, "Too many uploads are being read already");
            Assert.NotNull(answer.Headers!.RetryAfter);
        }

        await Eventually.TrueAsync(async () => (await station.PostAsync("key", StationAtTheDoor.Picture())).Status == 202, "the turn is free again");
    }

    [Fact]
    public async Task A_server_that_is_being_stopped_takes_no_further_image()
    {
        await using var station = await StationAtTheDoor.StartAsync();
        station.Server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await station.PostAsync("key", StationAtTheDoor.Picture())).AssertProblem(HttpStatusCode.ServiceUnavailable, "being stopped");
    }

    [Fact]
    public async Task A_request_may_be_larger_than_other_doors_allow_but_not_than_its_own_limit()
    {
        await using var station = await StationAtTheDoor.StartAsync(
            settings: [("Atmosphere:Channels:Stations:MaxRequestBytes", $"{80 * 1024 * 1024}"), ("Atmosphere:Channels:Stations:MaxImages", "10")]);
        var (large, small) = (new byte[24 * 1024 * 1024], StationAtTheDoor.Picture());
        Assert.Equal(["415", "415", "415"], (await station.PostAsync("72 MB", [large, large, large, small])).Images[..3]);

        (await station.PostAsync("96 MB", small, large, large, large, large)).AssertProblem(HttpStatusCode.RequestEntityTooLarge, "at most 80 MB");
        using var stranger = station.Client("atm_wrong");
        using var form = StationAtTheDoor.Form(("a.jpg", large), ("b.jpg", large), ("c.jpg", large), ("d.jpg", large));
        (await station.PostAsync("96 MB", form, stranger)).AssertProblem(HttpStatusCode.Unauthorized, "not that of any client");
    }

    [Fact]
    public async Task A_request_that_does_not_say_how_long_it_is_ends_at_the_limit()
    {
        await using var station = await StationAtTheDoor.StartAsync(settings: [("Atmosphere:Channels:Stations:MaxRequestBytes", $"{1024 * 1024}")]);
        using var upload = await RawUpload.BeginAsync(station, "key", contentLength: null);
        await upload.SendChunkAsync(RawUpload.Part("a.png", StationAtTheDoor.Picture()));
        var answer = await upload.SendTooMuchAsync(RawUpload.Part("b.jpg", new byte[1024 * 1024]));

        if (answer is not null)
            Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_the_same_key_goes_on_where_it_was_full()
    {
        await using var station = await StationAtTheDoor.StartAsync(replace: services => services.AddSingleton<IMediaFiles, SmallDisk>());
        var disk = (SmallDisk)station.Server.Services.GetRequiredService<IMediaFiles>();
        var images = Enumerable.Range(0, 3).Select(StationAtTheDoor.Picture).ToArray();
        disk.Space = 1;
        var full = await station.PostAsync("key", images);

        full.AssertProblem(HttpStatusCode.InsufficientStorage, "disk is full");
        Assert.DoesNotContain("/", full.Detail, StringComparison.Ordinal);
        disk.Space = int.MaxValue;
        var answer = await station.PostAsync("key", images);

        Assert.Equal((202, full.Images.Single()), (answer.Status, answer.Images[0]));
        Assert.Equal((3, 3), (await station.CountAsync("photos"), station.Server.FilesIn("unprocessed").Length));
    }

    [Fact]
    public async Task A_full_database_leaves_no_file_behind()
    {
        await using var station = await StationAtTheDoor.StartAsync();
        var database = station.Server.Services.GetRequiredService<Database>();
        await database.WriteAsync(session => session.ExecuteAsync("PRAGMA max_page_count = 1"));
        DoorAnswer answer;
        var request = 0;
        do
            answer = await station.PostAsync($"key {request++}", [.. Enumerable.Range(0, 30).Select(StationAtTheDoor.Picture)]);
        while (answer.Status == 202);

        answer.AssertProblem(HttpStatusCode.InsufficientStorage, "disk is full");
        await Eventually.TrueAsync(
            async () => await station.CountAsync("photos") == station.Server.FilesIn("unprocessed").Length, "every file has its row");
        await database.WriteAsync(session => session.ExecuteAsync("PRAGMA max_page_count = 1000000"));
        Assert.Equal(202, (await station.PostAsync($"key {request - 1}", [.. Enumerable.Range(0, 30).Select(StationAtTheDoor.Picture)])).Status);
    }

    private sealed class SmallDisk(Database database, TimeProvider clock) : IMediaFiles
    {
        private readonly IMediaFiles _files = new FileMediaStore(database.Folder, clock);

        /// <summary>How many files fit.</summary>
        public int Space { get; set; } = int.MaxValue;

        public Task WriteAsync(MediaKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
            Space-- > 0
                ? _files.WriteAsync(key, bytes, cancellation)
                : throw new StorageFullException(database.Folder, new IOException());

        public Task CopyAsync(MediaKey key, MediaKey copy, CancellationToken cancellation) => _files.CopyAsync(key, copy, cancellation);

        public Task<byte[]> GetAsync(MediaKey key, CancellationToken cancellation) => _files.GetAsync(key, cancellation);

        public Task ProbeAsync(CancellationToken cancellation) => _files.ProbeAsync(cancellation);

        public Task<bool> ExistsAsync(MediaKey key, CancellationToken cancellation) => _files.ExistsAsync(key, cancellation);

        public Task DeleteAsync(MediaKey key, CancellationToken cancellation) => _files.DeleteAsync(key, cancellation);

        public Task<IReadOnlyList<StoredMedia>> ListAsync(MediaBucket bucket, CancellationToken cancellation) => _files.ListAsync(bucket, cancellation);
    }
}
