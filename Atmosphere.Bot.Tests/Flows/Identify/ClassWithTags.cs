using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Outbound;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows.Identify;

/// <summary>A class with a mother, colleagues who listen, and photos that all show the same people; what is sent waits until the test runs it.</summary>
internal sealed class ClassWithTags : IAsyncDisposable
{
    /// <summary>Her place in the sample photo, from the left.</summary>
    public const int Maya = 1;

    private ClassWithTags(RecognitionHost host, TestClock clock, RecordingColleagues colleagues) => (Host, Clock, Colleagues) = (host, clock, colleagues);

    public RecognitionHost Host { get; }

    public TestClock Clock { get; }

    public RecordingColleagues Colleagues { get; }

    public ParticipantId Mother { get; private set; }

    public IFaceCollections Collections => Host.Get<IFaceCollections>();

    public static async Task<ClassWithTags> StartAsync(Action<IServiceCollection>? adjust = null, params (string Key, string Value)[] settings)
    {
        var (clock, colleagues) = (new TestClock(), new RecordingColleagues());
        var host = await RecognitionHost.StartAsync(
            workers: false,
            clock,
            adjust: services =>
            {
                services.AddSingleton<IColleagues>(colleagues);
                adjust?.Invoke(services);
            },
            settings: [("Atmosphere:Distribution:BurstDistance", "0"), ("Atmosphere:Distribution:Reposts", "00:00:00"), .. settings]);
        return new ClassWithTags(host, clock, colleagues) { Mother = await host.ParentAsync("mother") };
    }

    /// <summary>Posts the sample photo, compressed otherwise each time, without handling what that sends.</summary>
    public async Task PostAsync(string source, int quality)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var pixels = Host.Get<PhotoDecoder>().Decode(RecognitionHost.Sample(2), "the sample");
        await Host.Photos.ReceiveAsync(RecognitionHost.Class, source, $"{source}.jpg", Host.Get<PhotoEncoder>().EncodeJpeg(pixels, quality), default);
    }

    public async Task<PhotoId> PostAndRunAsync(string source, int quality)
    {
        await PostAsync(source, quality);
        await RunQueuedAsync();
        return await PhotoAsync(source);
    }

    /// <summary>Runs what is in the queues, and what that sends.</summary>
    public async Task RunQueuedAsync()
    {
        while (await Host.TakeAsync() is { } message)
            await RunAsync(message);
    }

    /// <summary>Runs a message. Colleagues do not listen to every new face: in the test's one queue it is not decided yet who that is.</summary>
    public async Task RunAsync(IMessage message)
    {
        Colleagues.Listening = message is not FaceFound;
        await Host.RunAsync(message);
        Colleagues.Listening = true;
    }

    public async Task<PhotoId> PhotoAsync(string source) =>
        new((await Host.ScalarAsync<string>($"SELECT id FROM photos WHERE source_id = '{source}'"))!);

    public async Task<PersonId> RegisterMayaAsync()
    {
        var maya = await Host.ConnectAsync("Maya", Mother, RecognitionHost.Sample(2), Maya);
        await RunQueuedAsync();
        return maya;
    }

    public async Task<FaceId> FaceAsync(PhotoId photo, int position) =>
        new((await Host.ScalarAsync<string>($"SELECT face_id FROM bounding_boxes WHERE photo_id = '{photo}' AND position = {position}"))!);

    /// <summary>The place of somebody else whose face is good enough in both photos.</summary>
    public Task<int> StrangerAsync(PhotoId one, PhotoId two) => Host.ScalarAsync<int>(
        $"""
        SELECT MIN(a.position) FROM bounding_boxes a JOIN cluster_faces c ON c.face_id = a.face_id
        JOIN bounding_boxes b ON b.position = a.position AND b.photo_id = '{two}' JOIN cluster_faces d ON d.face_id = b.face_id AND d.cluster_id = c.cluster_id
        WHERE a.photo_id = '{one}' AND a.position <> {Maya}
        """);

    public Task<string?> VerdictAsync(FaceId face) => Host.ScalarAsync<string>($"SELECT verdict FROM faces WHERE id = '{face}'");

    /// <summary>What the training of a face by a question would do.</summary>
    public async Task TeachAsync(FaceId face, PersonId person, QuestionId question)
    {
        var vector = Embedding.FromBytes((await Host.ScalarAsync<byte[]>($"SELECT vector FROM embeddings WHERE face_id = '{face}'"))!);
        var collection = CollectionId.Of(RecognitionHost.Class);
        await Collections.CreateCollectionAsync(collection, default);
        await Collections.CreateUserAsync(collection, person, default);
        await Collections.IndexFacesAsync(collection, [new FaceToIndex(face, vector)], default);
        await Collections.AssociateFacesAsync(collection, person, [face], default);
        await Host.ExecuteAsync(
            $"""
            INSERT INTO trained_faces (face_id, person_id, question_id, state, at)
            VALUES ('{face}', '{person}', '{question}', 'sent', {Clock.GetUtcNow().ToUnixTimeMilliseconds()})
            """);
    }

    /// <summary>A question about a face and its cluster.</summary>
    public async Task<QuestionId> QuestionAsync(PhotoId photo, FaceId face, string state, PersonId? person = null)
    {
        var question = QuestionId.New();
        await Host.ExecuteAsync(
            $"""
            DELETE FROM questions WHERE kind <> 'identified' AND asked_at <> 1;
            INSERT INTO questions (id, group_id, kind, cluster_id, face_id, photo_id, state, answer, person_id, asked_at, changed_at)
            VALUES ('{question}', 'class', 'who', (SELECT cluster_id FROM cluster_faces WHERE face_id = '{face}'), '{face}', '{photo}', '{state}',
                {(person is null ? "NULL, NULL" : $"'person', '{person}'")}, 1, 1)
            """);
        return question;
    }

    /// <summary>The photos that went out, in that order, each with the text under it.</summary>
    public async Task<string> SentAsync()
    {
        var sent = new List<string>();
        foreach (var notice in Host.Parents.Got)
        {
            var photo = await Host.ScalarAsync<string>(
                $"SELECT p.source_id FROM media_distributions d JOIN photos p ON p.id = d.photo_id WHERE d.id = '{notice.Delivery}'");
            sent.Add($"{photo} {notice.Text}");
        }

        return string.Join(", ", sent);
    }

    /// <summary>How many messages of a type wait.</summary>
    public Task<int> WaitingAsync<T>()
        where T : IMessage => Host.ScalarAsync<int>($"SELECT COUNT(*) FROM messages WHERE type = '{typeof(T).FullName}'");

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
