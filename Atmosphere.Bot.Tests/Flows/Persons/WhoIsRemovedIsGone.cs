using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>Erasure, step by step: nothing runs but what the test runs.</summary>
public sealed partial class WhoIsRemovedIsGone : IAsyncLifetime
{
    private static readonly CollectionId _collection = CollectionId.Of(RecognitionHost.Class);

    private RecognitionHost _host = null!;
    private ParticipantId _mother;
    private PersonId _maya;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false);
        _mother = await _host.ParentAsync("mother");
        _maya = await _host.ConnectAsync("Mayonnaise", _mother, RecognitionHost.Sample(2), 1);
        await _host.RunQueuedAsync();
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_removed_person_is_in_no_table_no_file_and_no_collection_and_the_owner_gets_the_receipt()
    {
        await DeliveredAsync();
        await RemoveAsync();
        await _host.RunQueuedAsync();

        Assert.Equal([$"connected {_maya} to mother", "receipt to mother"], _host.Said.Words);
        Assert.Empty(await _host.Get<IFaceCollections>().ListFacesAsync(_collection, null, default));
        Assert.Empty((await _host.Get<IFaceCollections>().SearchUsersByImageAsync(_collection, Somebody(), default)).Matches);
        foreach (var table in (string[])["persons", "guardians", "consents", "candidates", "media_distributions", "collection_users", "erasure_faces", "erasure_photo_faces", "messages"])
            Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Outbound));
        Assert.Equal(await _host.ScalarAsync<int>("SELECT COUNT(*) FROM faces"), await _host.FilesAsync(MediaBucket.Rectangles));
        var erasure = Assert.Single(await _host.Get<ErasureRecords>().ListAsync(10));
        Assert.Equal(("person", "erased", 0), (erasure.Kind, erasure.State, erasure.LeftOver));
        Assert.True(erasure is { FacesDeleted: 2, FilesDeleted: 3 }, $"{erasure}");
    }

    [Fact]
    public async Task The_other_faces_of_the_photo_and_the_photo_itself_stay()
    {
        await DeliveredAsync();
        var faces = await _host.ScalarAsync<int>("SELECT faces FROM photos");
        await RemoveAsync();
        await _host.RunQueuedAsync();
        Assert.Equal(faces - 1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM faces WHERE verdict = 'nobody'"));
        Assert.Equal(faces - 1, await _host.ScalarAsync<int>("SELECT faces FROM photos"));
    }

    [Fact]
    public async Task Nobody_but_the_owner_removes_a_person()
    {
        var other = await _host.ParentAsync("stranger");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => _host.Database.WriteAsync(session => _host.Get<IErasures>().RemovePersonAsync(session, _maya, other)));
        await _host.ExecuteAsync($"INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('{_maya}', 'stranger', 'guardian', 0)");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => _host.Database.WriteAsync(session => _host.Get<IErasures>().RemovePersonAsync(session, _maya, other)));
        Assert.Equal("connected", await _host.ScalarAsync<string>("SELECT state FROM persons"));
    }

    /// <summary>The photo waits at the given step while the person is removed, and goes on afterwards.</summary>
    [Theory]
    [InlineData(typeof(EmbedPhotoFaces))]
    [InlineData(typeof(MatchPhotoFaces))]
    [InlineData(typeof(PhotoProcessed))]
    [InlineData(typeof(FaceFound))]
    [InlineData(typeof(FaceStored))]
    [InlineData(typeof(FaceIdentified))]
    [InlineData(typeof(DistributePhoto))]
    [InlineData(typeof(SendMedia))]
    public async Task A_photo_that_is_on_its_way_meanwhile_delivers_nothing_and_leaves_nothing(Type step)
    {
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        IMessage? message;
        while ((message = await _host.TakeAsync()) is not null && message.GetType() != step)
            await _host.RunAsync(message);
        await RemoveAsync();

        // The photo's own messages first where erasing waits for them.
        var held = new Queue<IMessage>([message!]);
        while (held.TryDequeue(out var next) || (next = await _host.TakeAsync()) is not null)
        {
            try
            {
                await _host.RunAsync(next);
            }
            catch (TryLaterException)
            {
                await _host.Database.WriteAsync(session => _host.Get<IOutbox>().SendAsync(session, next));
            }
        }

        Assert.DoesNotContain(_host.Parents.Got, notice => notice.Text == "photo.delivered");
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM persons"));
        Assert.Equal(2, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM bounding_boxes"));
        foreach (var table in (string[])["embeddings", "searches", "faces"])
            Assert.Equal(2, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Outbound));
        Assert.NotNull(await _host.ScalarAsync<string>("SELECT distributed_at FROM photos"));
    }

    [Fact]
    public async Task A_crash_between_any_two_steps_forgets_no_face()
    {
        await DeliveredAsync();
        await RemoveAsync();
        while (await _host.TakeAsync() is { } message)
        {
            await _host.WorkInVainAsync(message);
            await _host.RunAsync(message);
        }

        Assert.Empty(await _host.Get<IFaceCollections>().ListFacesAsync(_collection, null, default));
        Assert.Equal("erased", await _host.ScalarAsync<string>("SELECT state FROM erasures"));
        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM persons"));
    }

    [Fact]
    public async Task A_group_that_ends_takes_its_persons_photos_and_members_with_it()
    {
        await DeliveredAsync();
        await _host.Database.WriteAsync(session => _host.Get<IErasures>().EndGroupAsync(session, RecognitionHost.Class));
        await _host.RunQueuedAsync();
        foreach (var table in (string[])["groups", "persons", "photos", "faces", "embeddings", "bounding_boxes", "clusters", "cluster_faces", "inbox", "collections", "collection_faces", "media_distributions", "group_participants", "messages", "image_table"])
            Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));
        foreach (var bucket in Enum.GetValues<MediaBucket>())
            Assert.Equal(0, await _host.FilesAsync(bucket));
        Assert.Equal(["erased"], (await _host.Get<ErasureRecords>().ListAsync(10)).Select(erasure => erasure.State).Distinct());
    }

    [Fact]
    public async Task The_tombstone_is_on_the_disk_before_the_wish_is_committed()
    {
        await _host.Database.WriteAsync(async session =>
        {
            await _host.Get<IErasures>().RemovePersonAsync(session, _maya, _mother);
            Assert.Contains(_maya.Value, await File.ReadAllTextAsync(_host.Get<ErasureLog>().Path), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Messages_that_name_somebody_are_found_in_one_pass_however_many_wait()
    {
        await _host.ExecuteAsync(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO messages (id, queue, type, body, correlation_id, waits, attempts, crashes, sent_at, due_at)
            SELECT 'm' || i, 'q', 't', '{"photo":"' || i || '","request":"guardian-' || (CASE WHEN i % 1000 = 0 THEN 'face' || (i / 1000) ELSE 'nobody' END) || '-x"}', '', 0, 0, 0, 0, 0 FROM n
            """);
        var about = _host.Get<Atmosphere.Recognition.Flows.Persons.Erasure.MessagesAbout>();
        var found = await about.FindAsync([.. Enumerable.Range(1, 100).Select(face => $"face{face}")], default);
        Assert.Equal(100, found.Found.Count);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(100, await _host.Database.WriteAsync(session => found.DeleteAsync(session)));
        Assert.True(watch.Elapsed < Speed.StretchNow(TimeSpan.FromSeconds(1)), $"The write lock was held for {watch.Elapsed}.");
        Assert.Equal(99_900, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM messages WHERE queue = 'q'"));
    }

    [Fact]
    public async Task An_engine_that_refuses_to_delete_leaves_the_ids_and_a_replay_completes_the_erasure()
    {
        await DeliveredAsync();
        await RemoveAsync();
        await _host.RunAsync((await _host.TakeAsync())!);
        var delete = Assert.IsType<DeleteFaces>(await _host.TakeAsync());
        await _host.ExecuteAsync("CREATE TRIGGER broken BEFORE DELETE ON collection_faces BEGIN SELECT RAISE(ABORT, 'the engine is broken'); END");
        await Assert.ThrowsAnyAsync<Exception>(() => _host.RunAsync(delete));
        Assert.NotEqual(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM erasure_faces"));
        await _host.ExhaustAsync(delete, new InvalidOperationException("the engine is broken"));
        Assert.Equal("incomplete", await _host.ScalarAsync<string>("SELECT state FROM erasures"));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM notifications WHERE kind = 'erasure-incomplete'"));
        Assert.NotEqual(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM erasure_faces"));

        await _host.ExecuteAsync("DROP TRIGGER broken");
        await _host.RunAsync(delete);
        await _host.RunQueuedAsync();
        Assert.Equal("erased everything", await _host.ScalarAsync<string>("SELECT state || ' ' || searched FROM erasures"));
        Assert.Empty(await _host.Get<IFaceCollections>().ListFacesAsync(_collection, null, default));
    }

    [Fact]
    public async Task After_a_restart_the_receipt_says_that_only_ids_were_searched()
    {
        await RemoveAsync();
        while (await _host.TakeAsync() is { } message)
        {
            if (message is ProveErasure proof)
                _host.Get<Atmosphere.Recognition.Flows.Persons.Erasure.ErasedVectors>().Forget(proof.Erasure);
            await _host.RunAsync(message);
        }

        Assert.Equal("erased ids", await _host.ScalarAsync<string>("SELECT state || ' ' || searched FROM erasures"));
    }

    /// <summary>Learning more shares the erasure's queue and key: either comes first, never both at once.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_photos_that_crashed_on_their_way_leave_no_face(bool exhausted)
    {
        await _host.TeachAsync(_mother, RecognitionHost.Sample(2), 1);
        var learn = Assert.IsType<LearnMorePhotos>(await _host.TakeAsync());
        await _host.WorkInVainAsync(learn);
        if (exhausted)
        {
            await _host.ExhaustAsync(learn, new InvalidOperationException("no"));
            await _host.RunQueuedAsync();
            Assert.Single(await _host.Get<IFaceCollections>().ListFacesAsync(_collection, null, default));
        }

        await RemoveAsync();
        await _host.RunQueuedAsync();
        await _host.RunAsync(learn);
        Assert.Empty(await _host.Get<IFaceCollections>().ListFacesAsync(_collection, null, default));
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Training));
    }

    private static Embedding Somebody() => Embedding.FromValues([.. Enumerable.Repeat(1f, 128)]);

    private Task RemoveAsync() => _host.Database.WriteAsync(session => _host.Get<IErasures>().RemovePersonAsync(session, _maya, _mother));

    private async Task DeliveredAsync()
    {
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await _host.RunQueuedAsync();
        Assert.Contains(_host.Parents.Got, notice => notice.Text == "photo.delivered");
    }

    /// <summary>What must wait is asked again after the others.</summary>
    private async Task QueueAsync()
    {
        while (await _host.TakeAsync() is { } message)
        {
            try
            {
                await _host.RunAsync(message);
            }
            catch (TryLaterException)
            {
                await _host.Database.WriteAsync(session => _host.Get<IOutbox>().SendAsync(session, message));
            }
        }
    }
}
