using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Imaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows.Persons;

/// <summary>A face is learned for seconds; its group ends, and is erased, in the middle of it.</summary>
public sealed class AGroupEndsMeanwhile : IAsyncLifetime
{
    private readonly SlowEngine _engine = new();
    private RecognitionHost _host = null!;
    private ParticipantId _mother;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false, adjust: services => services.AddSingleton<IFaceEngine>(_engine));
        _mother = await _host.ParentAsync("mother");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task A_child_who_is_being_registered_leaves_no_vector()
    {
        var maya = await _host.RegisterAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        _engine.Meanwhile = EndAsync;

        await _host.RunAsync(new Atmosphere.Recognition.Messages.ConnectPerson(maya));
        await _host.RunQueuedAsync();

        await NothingIsLeftAsync();
        // The message comes again after a crash.
        await _host.RunAsync(new Atmosphere.Recognition.Messages.ConnectPerson(maya));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_group_that_has_only_been_told_to_end_gets_no_new_collection()
    {
        var maya = await _host.RegisterAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        await _host.Database.WriteAsync(session => _host.Get<IErasures>().EndGroupAsync(session, RecognitionHost.Class));

        await Assert.ThrowsAsync<CollectionNotFoundException>(() => _host.Get<IFaceCollections>().CreateCollectionAsync(CollectionId.Of(RecognitionHost.Class), default));
        await _host.RunAsync(new Atmosphere.Recognition.Messages.ConnectPerson(maya));

        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM collections"));
    }

    [Fact]
    public async Task More_photos_of_a_child_leave_no_vector()
    {
        await _host.ConnectAsync("Maya", _mother, RecognitionHost.Sample(2), 1);
        await _host.TeachAsync(_mother, RecognitionHost.Sample(2), 1);
        _engine.Meanwhile = EndAsync;
        while (await _host.TakeAsync() is { } message)
            await _host.RunAsync(message);

        await NothingIsLeftAsync();
    }

    private async Task EndAsync()
    {
        await _host.Database.WriteAsync(session => _host.Get<IErasures>().EndGroupAsync(session, RecognitionHost.Class));
        while (await _host.TakeAsync() is { } message)
            await _host.RunAsync(message);
    }

    private async Task NothingIsLeftAsync()
    {
        foreach (var table in (string[])["groups", "persons", "collections", "collection_users", "collection_faces", "enrolment_photos"])
            Assert.Equal(0, await _host.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));
    }

    /// <summary>The real engine; something happens while it describes a face.</summary>
    private sealed class SlowEngine : IFaceEngine, IDisposable
    {
        private readonly OnnxFaceEngine _real = new(new FaceModelOptions());

        public Func<Task>? Meanwhile { get; set; }

        public string Model => _real.Model;

        public Task<IReadOnlyList<DetectedFace>> DetectAsync(Pixels photo, DetectionPlan plan, CancellationToken cancellation) =>
            _real.DetectAsync(photo, plan, cancellation);

        public async Task<IReadOnlyList<FaceDescription>> EmbedAsync(Pixels photo, IReadOnlyList<DetectedFace> faces, CancellationToken cancellation)
        {
            if (Meanwhile is { } meanwhile)
            {
                Meanwhile = null;
                await meanwhile();
            }

            return await _real.EmbedAsync(photo, faces, cancellation);
        }

        public void Dispose() => _real.Dispose();
    }
}
