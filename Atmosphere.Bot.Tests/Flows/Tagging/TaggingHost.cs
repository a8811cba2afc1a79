using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>Recognition with photos and persons written row by row, whose vectors the test chooses; colleagues are recorded.</summary>
internal sealed class TaggingHost : IAsyncDisposable
{
    public const string Least = "Atmosphere:Tagging:LeastSimilarity";

    private const string Pause = "Atmosphere:Tagging:PostPause";

    private ScriptedCollections? _collections;

    private TaggingHost(IColleagues colleagues) => Asked = colleagues as RecordingColleagues ?? new RecordingColleagues();

    public TestClock Clock { get; } = new();

    public RecordingColleagues Asked { get; }

    public RecognitionHost Recognition { get; private set; } = null!;

    public ScriptedCollections Collections => (ScriptedCollections)Recognition.Get<IFaceCollections>();

    public static async Task<TaggingHost> StartAsync(IColleagues? colleagues = null, params (string, string)[] settings)
    {
        colleagues ??= new RecordingColleagues();
        var host = new TaggingHost(colleagues);
        host.Recognition = await RecognitionHost.StartAsync(
            workers: false,
            host.Clock,
            adjust: services =>
            {
                var inner = services.Last(service => service.ServiceType == typeof(IFaceCollections)).ImplementationFactory!;
                services.AddSingleton<IFaceCollections>(provider => host._collections ??= new ScriptedCollections((IFaceCollections)inner(provider)));
                services.AddSingleton(colleagues);
            },
            // The vectors of two names are strangers': that one looks nothing like the other is of no interest to most tests.
            settings: [.. new[] { (Pause, "00:00:00"), (Least, "0") }.Where(own => settings.All(setting => setting.Item1 != own.Item1)), .. settings]);
        return host;
    }

    /// <summary>Somebody who is registered, with one guardian of that name.</summary>
    public async Task<PersonId> PersonAsync(string name, string state = "connected")
    {
        var (person, guardian, collection) = (PersonId.New(), await Recognition.ParentAsync($"guardian of {name}"), CollectionId.Of(RecognitionHost.Class));
        await Recognition.Database.WriteAsync(async session =>
        {
            await PersonTable.AddAsync(session, person, RecognitionHost.Class, name, false, false, Clock.GetUtcNow());
            await PersonTable.AddGuardianAsync(session, person, guardian, "owner", Clock.GetUtcNow());
            await PersonTable.AddConsentAsync(session, person, guardian, new Consent("1", "I agree.", "photos", Clock.GetUtcNow()));
            await session.ExecuteAsync("UPDATE persons SET state = @state WHERE id = @person", new { person, state });
        });
        await Collections.CreateCollectionAsync(collection, default);
        await Collections.CreateUserAsync(collection, person, default);
        var face = FaceId.New();
        await Collections.IndexFacesAsync(collection, [new FaceToIndex(face, Vectors.Of(name))], default);
        await Collections.AssociateFacesAsync(collection, person, [face], default);
        Collections.Indexed.Clear();
        return person;
    }

    /// <summary>A photo of the class with one face that nobody knows, in the cluster where it belongs; it has gone out long ago.</summary>
    /// <param name="candidate">Whom it resembles, without being named.</param>
    public async Task<SeenFace> SeeAsync(Embedding vector, float height = 120, PersonId? candidate = null, string verdict = "nobody")
    {
        var file = Recognition.Get<PhotoEncoder>().EncodeJpeg(DrawnPhotos.Quarters(400, 300), 90);
        var (photo, media) = (PhotoId.New(), await Recognition.Media.PutAsync(MediaBucket.Processed, file, "image/jpeg", default));
        var box = new DetectedFace(new Box(100, 80, height, height), 0.95f, [], new FaceQuality(height, 300, 0.1f, 0.01f));
        var face = default(FaceId);
        await Recognition.Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO photos (id, group_id, source_id, state, media, file_name, width, height, received_at, faces, decided_at, gate_opened_at, distributed_at)
                VALUES (@photo, 'class', @photo, 'processed', @media, 'photo.jpg', 400, 300, @at, 1, @at, @at, @at)
                """,
                new { photo, media, at = Clock.GetUtcNow().ToUnixTimeMilliseconds() });
            await FoundFaces.AddAsync(session, photo, [box]);
            face = (await FoundFaces.IdsAsync(session, photo))[0];
            await FoundFaces.DescribeAsync(session, photo, face, Recognition.Get<IFaceEngine>().Model, new FaceDescription(box, vector, 0.05f));
            await FaceTable.AddAsync(session, face);
            await FaceTable.DecideAsync(session, face, candidate, candidate is null ? null : 91, verdict, Clock.GetUtcNow());
            await FaceSearches.PutAsync(session, photo, face, new FaceSearch(candidate is { } like ? [new UserMatch(like, 91)] : [], MatchVerdict.Nobody));
        });
        var quality = height < 40 ? FaceVerdict.Reject : FaceVerdict.Good;
        var plan = await Recognition.Get<UnknownClusters>().PlanAsync(RecognitionHost.Class, photo, [new UnknownFace(face, vector, quality)], default);
        await Recognition.Database.WriteAsync(session => plan.ApplyAsync(session, Clock.GetUtcNow()));
        return new SeenFace(photo, face);
    }

    /// <summary>The face is not identified, and all that follows.</summary>
    public async Task AskAsync(SeenFace face)
    {
        await Recognition.RunAsync(new FaceNotIdentified(face.Photo, face.Face, RecognitionHost.Class));
        await Recognition.RunQueuedAsync();
    }

    /// <summary>A question about somebody unknown, as it was asked.</summary>
    public async Task<QuestionId> AskAboutAsync(Embedding vector)
    {
        var face = await SeeAsync(vector);
        await AskAsync(face);
        return new QuestionId((await TextAsync($"SELECT id FROM questions WHERE face_id = '{face.Face}'"))!);
    }

    public async Task<TagReceipt> VoteAsync(QuestionId question, string voter, TagAnswer answer, PersonId? person = null)
    {
        var receipt = await Recognition.Database.WriteAsync(session => Recognition.Get<IFaceTags>().VoteAsync(session, question, voter, answer, person));
        await Recognition.RunQueuedAsync();
        return receipt;
    }

    public async Task<QuestionView> ViewAsync(QuestionId question) =>
        (await Recognition.Database.ReadAsync(session => Recognition.Get<IQuestions>().FindAsync(session, question)))!;

    public Task<string?> TextAsync(string sql) => Recognition.ScalarAsync<string>(sql);

    public Task<int> CountAsync(string rows) => Recognition.ScalarAsync<int>($"SELECT COUNT(*) FROM {rows}");

    public ValueTask DisposeAsync() => Recognition.DisposeAsync();
}

internal sealed record SeenFace(PhotoId Photo, FaceId Face);
