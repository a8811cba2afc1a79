using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>What the boxes of the pipeline do when their attempts are used up.</summary>
public sealed class FailureRules : IAsyncDisposable
{
    private static readonly IOException _reason = new("A bad day.");
    private RecognitionHost? _started;

    private RecognitionHost Host => _started!;

    public async ValueTask DisposeAsync() => await (_started?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task Without_exif_the_photo_goes_on()
    {
        var photo = await WaitingAsync();
        await Host.ExhaustAsync(new ExtractPhotoExif(photo), _reason);
        await Host.RunAsync(new DetectPhotoFaces(photo));
        await Host.RunAsync(new EmbedPhotoFaces(photo));
        await Host.RunAsync(new MatchPhotoFaces(photo, RecognitionHost.Class));
        await Host.RunAsync(new CompletePhoto(photo));

        Assert.Equal(["completed", "exif-failed"], await NotificationsAsync());
        Assert.Equal(PhotoState.Processed, await StateAsync());
    }

    [Theory]
    [InlineData("DetectFaces")]
    [InlineData("GenerateEmbeddings")]
    [InlineData("CompleteImage")]
    public async Task Without_its_faces_the_photo_fails_and_nothing_waits_for_it(string step)
    {
        var photo = await WaitingAsync();
        await Host.ExhaustAsync(step switch { "DetectFaces" => new DetectPhotoFaces(photo), "CompleteImage" => new CompletePhoto(photo), _ => new EmbedPhotoFaces(photo) }, _reason);

        Assert.Equal(PhotoState.Failed, await StateAsync());
        Assert.Equal(["failed"], await NotificationsAsync());
        Assert.Equal(1, await Host.ScalarAsync<int>("SELECT COUNT(*) FROM sync_points WHERE closed_at IS NOT NULL"));
        Assert.Equal($"{step} gave up.", await Host.ScalarAsync<string>($"SELECT error FROM photo_steps WHERE step = '{step}'"));

        // What arrives late changes nothing any more.
        await Host.RunAsync(new ExtractPhotoExif(photo));
        await Host.RunAsync(new DetectPhotoFaces(photo));
        await Host.ExhaustAsync(new MatchPhotoFaces(photo, RecognitionHost.Class), _reason);
        Assert.Equal(PhotoState.Failed, await StateAsync());
        Assert.Equal(0, await Host.ScalarAsync<int>("SELECT COUNT(*) FROM bounding_boxes"));
        Assert.Equal(0, await Host.ScalarAsync<int>($"SELECT COUNT(*) FROM messages WHERE type = '{typeof(CompletePhoto).FullName}'"));
    }

    [Fact]
    public async Task A_photo_that_cannot_even_begin_leaves_a_notification()
    {
        _started = await RecognitionHost.StartAsync(workers: false);
        await ReceiveAsync();
        await Host.ExhaustAsync(new RecognisePhoto(await PhotoAsync()), _reason);

        Assert.Equal(PhotoState.Failed, await StateAsync());
        Assert.Equal(["not-started"], await NotificationsAsync());
    }

    [Fact]
    public async Task Faces_that_were_matched_before_matching_gave_up_are_delivered()
    {
        _started = await RecognitionHost.StartAsync(
            settings: [("Atmosphere:Pipeline:MatchFaces:FirstDelay", "00:00:00")],
            adjust: services => services.AddSingleton<IFaceCollections>(provider => new FailingSearch(Collections(provider))));
        var mother = await Host.ParentAsync("mother");
        await Host.ConnectAsync("Maya", mother, RecognitionHost.Sample(2), 0);
        FailingSearch.AllowedSearches = 1;

        var status = await Host.PostAsync("one", RecognitionHost.Sample(2));
        await Host.QuietAsync();

        Assert.Equal((PhotoState.Degraded, 1, 1), (status.State, status.Recognised, status.Sent));
        Assert.Equal(["degraded"], await NotificationsAsync());
        Assert.Equal(1, await Host.ScalarAsync<int>("SELECT COUNT(*) FROM searches"));
        Assert.Equal("image-matching", await Host.ScalarAsync<string>("SELECT queue FROM dead_letters"));
    }

    [Theory]
    [InlineData("StoreSql")]
    [InlineData("IdentifyFace")]
    [InlineData("FinalizeIdentified")]
    public async Task A_face_that_cannot_be_decided_does_not_keep_the_photo_from_other_children(string step)
    {
        var mother = await WithTwoFacesAsync();
        var photo = await PhotoAsync();
        var faces = await Host.Database.ReadAsync(session => session.QueryAsync<FaceId>("SELECT face_id FROM bounding_boxes ORDER BY position"));
        foreach (var face in faces)
        {
            var gone = face != faces[0];
            if (gone && step == "StoreSql")
            {
                await ExhaustOnlyAsync(step, new FaceFound(photo, face));
                continue;
            }

            await RunOnlyAsync("StoreSql", new FaceFound(photo, face));
            if (gone && step == "IdentifyFace")
                await ExhaustOnlyAsync(step, new FaceStored(photo, face));
            else
                await RunOnlyAsync("IdentifyFace", new FaceStored(photo, face));
        }

        foreach (var (face, person) in await Host.Database.ReadAsync(session =>
            session.QueryAsync<(string Face, string Person)>("SELECT id, person_id FROM faces WHERE person_id IS NOT NULL AND decided_at IS NULL")))
        {
            var identified = new FaceIdentified(photo, new FaceId(face), new PersonId(person));
            await (step == "FinalizeIdentified" && face != faces[0].Value ? Host.ExhaustAsync(identified, _reason) : Host.RunAsync(identified));
        }

        Assert.Equal(1, await Host.ScalarAsync<int>($"SELECT COUNT(*) FROM messages WHERE type = '{typeof(DistributePhoto).FullName}'"));
        await Host.RunAsync(new DistributePhoto(photo));
        Assert.Equal(mother.Value, await Host.ScalarAsync<string>("SELECT participant_id FROM media_distributions"));
    }

    [Fact]
    public async Task Who_registers_while_a_photo_is_on_its_way_is_found_in_it()
    {
        var photo = await WaitingAsync();
        await Host.RunAsync(new ExtractPhotoExif(photo));
        await Host.RunAsync(new DetectPhotoFaces(photo));
        await Host.RunAsync(new EmbedPhotoFaces(photo));
        await Host.RunAsync(new MatchPhotoFaces(photo, RecognitionHost.Class));
        Assert.Equal(0, await Host.ScalarAsync<int>("SELECT COUNT(*) FROM candidates"));

        var maya = await Host.ConnectAsync("Maya", await Host.ParentAsync("mother"), RecognitionHost.Sample(2), 0);
        await Host.RunAsync(new CompletePhoto(photo));
        await Host.RunAsync(new PhotoProcessed(photo));
        var face = await Host.ScalarAsync<string>("SELECT face_id FROM bounding_boxes WHERE position = 0");
        await RunOnlyAsync("StoreSql", new FaceFound(photo, new FaceId(face!)));
        await RunOnlyAsync("IdentifyFace", new FaceStored(photo, new FaceId(face!)));

        Assert.Equal(maya.Value, await Host.ScalarAsync<string>("SELECT person_id FROM faces"));
    }

    [Fact]
    public async Task The_uploader_of_a_refused_photo_learns_why_in_the_chat()
    {
        _started = await RecognitionHost.StartAsync();
        var father = await Host.ParentAsync("father");
        await Host.Photos.ReceiveAsync(RecognitionHost.Class, "damaged", "IMG_7.jpg", RecognitionHost.Sample(2).AsMemory(0, 20_000), default, father);
        await Eventually.TrueAsync(() => Host.Parents.Got.Count == 1, "the father is told");

        var notice = Host.Parents.Got.Single();
        Assert.Equal((father, "photo.refused-damaged"), (notice.To, notice.Text));
        Assert.DoesNotContain("IMG_7", await Host.ScalarAsync<string>("SELECT text FROM notifications"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_no_moment_of_a_move_has_the_photo_no_file()
    {
        var photo = await WaitingAsync();
        await Host.RunAsync(new DetectPhotoFaces(photo));
        await Host.RunAsync(new EmbedPhotoFaces(photo));
        await Host.WorkInVainAsync(new CompletePhoto(photo));
        Assert.True(await Host.Media.ExistsAsync(await FileAsync(), default));
        Assert.StartsWith("unprocessed/", (await FileAsync()).Value, StringComparison.Ordinal);

        await Host.RunAsync(new CompletePhoto(photo));
        Assert.StartsWith("processed/", (await FileAsync()).Value, StringComparison.Ordinal);
        Assert.True(await Host.Media.ExistsAsync(await FileAsync(), default));
        Assert.Equal((0, 1), (await Host.FilesAsync(MediaBucket.Unprocessed), await Host.FilesAsync(MediaBucket.Processed)));
    }

    /// <summary>A photo in the pipeline; nothing was done with it yet.</summary>
    private async Task<PhotoId> WaitingAsync()
    {
        _started = await RecognitionHost.StartAsync(workers: false);
        await ReceiveAsync();
        var photo = await PhotoAsync();
        await Host.RunAsync(new RecognisePhoto(photo));
        return photo;
    }

    /// <summary>A processed photo of two registered children; its faces are about to be stored.</summary>
    /// <returns>The parent of the first.</returns>
    private async Task<ParticipantId> WithTwoFacesAsync()
    {
        _started = await RecognitionHost.StartAsync(workers: false);
        var mother = await Host.ParentAsync("mother");
        await Host.ConnectAsync("Anna", mother, RecognitionHost.Sample(2), 0);
        await Host.ConnectAsync("Ben", await Host.ParentAsync("father"), RecognitionHost.Sample(2), 1);
        await ReceiveAsync();
        var photo = await PhotoAsync();
        foreach (var message in (IMessage[])
            [new RecognisePhoto(photo), new ExtractPhotoExif(photo), new DetectPhotoFaces(photo), new EmbedPhotoFaces(photo),
            new MatchPhotoFaces(photo, RecognitionHost.Class), new CompletePhoto(photo), new PhotoProcessed(photo)])
            await Host.RunAsync(message);
        return mother;
    }

    private async Task ReceiveAsync()
    {
        await Host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        await Host.RunAsync(new GroupMessageReceived(RecognitionHost.Class, "one", (await Host.Media.ListAsync(MediaBucket.Unprocessed, default)).Single().Key));
    }

    private async Task RunOnlyAsync(string step, IMessage message)
    {
        var effects = await Row(step).Handle(Host.Get<IServiceProvider>(), message, default);
        await Host.Database.WriteAsync(session => effects.ApplyAsync(session, Host.Get<IOutbox>()));
    }

    private Task ExhaustOnlyAsync(string step, IMessage message)
    {
        var effects = Row(step).OnExhausted(Host.Get<IServiceProvider>(), message, _reason);
        return Host.Database.WriteAsync(session => effects.ApplyAsync(session, Host.Get<IOutbox>()));
    }

    private StepRow Row(string step) => Host.Get<FlowTables>().Rows.Single(row => row.Step == step);

    private async Task<PhotoId> PhotoAsync() => new((await Host.ScalarAsync<string>("SELECT id FROM photos"))!);

    private async Task<MediaKey> FileAsync() => new((await Host.ScalarAsync<string>("SELECT media FROM photos"))!);

    private async Task<PhotoState> StateAsync() => (await Host.Photos.FindAsync(RecognitionHost.Class, "one"))!.State;

    private Task<IReadOnlyList<string>> NotificationsAsync() =>
        Host.Database.ReadAsync(session => session.QueryAsync<string>("SELECT kind FROM notifications ORDER BY kind"));

    private static OnnxFaceCollections Collections(IServiceProvider provider) =>
        ActivatorUtilities.CreateInstance<OnnxFaceCollections>(provider, new FaceNaming(NamingRules.FaceApi), provider.GetRequiredService<IFaceEngine>().Model);

    /// <summary>Real collections whose search stops answering after some calls.</summary>
    private sealed class FailingSearch(IFaceCollections real) : IFaceCollections
    {
        public static int AllowedSearches { get; set; } = int.MaxValue;

        public Task<FaceSearch> SearchUsersByImageAsync(CollectionId collection, Embedding face, CancellationToken cancellation) =>
            AllowedSearches-- > 0 ? real.SearchUsersByImageAsync(collection, face, cancellation) : throw _reason;

        public Task CreateCollectionAsync(CollectionId collection, CancellationToken cancellation) => real.CreateCollectionAsync(collection, cancellation);

        public Task DeleteCollectionAsync(CollectionId collection, CancellationToken cancellation) => real.DeleteCollectionAsync(collection, cancellation);

        public Task CreateUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) => real.CreateUserAsync(collection, user, cancellation);

        public Task DeleteUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) => real.DeleteUserAsync(collection, user, cancellation);

        public Task IndexFacesAsync(CollectionId collection, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation) =>
            real.IndexFacesAsync(collection, faces, cancellation);

        public Task AssociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            real.AssociateFacesAsync(collection, user, faces, cancellation);

        public Task DisassociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            real.DisassociateFacesAsync(collection, user, faces, cancellation);

        public Task<long> VersionAsync(CollectionId collection, CancellationToken cancellation) => real.VersionAsync(collection, cancellation);

        public Task<IReadOnlyList<FaceRecord>> ListFacesAsync(CollectionId collection, PersonId? user, CancellationToken cancellation) =>
            real.ListFacesAsync(collection, user, cancellation);

        public Task DeleteFacesAsync(CollectionId collection, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            real.DeleteFacesAsync(collection, faces, cancellation);
    }
}
