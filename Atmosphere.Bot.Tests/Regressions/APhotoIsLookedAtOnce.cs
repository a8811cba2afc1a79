using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>Each photo of a registration is decoded and searched once a message, however often it is compared.</summary>
public sealed class APhotoIsLookedAtOnce
{
    [Fact]
    public async Task Ten_photos_cost_ten_looks()
    {
        var engine = new CountingEngine();
        await using var server = await BotServer.StartAsync(services => services.AddSingleton<IFaceEngine>(engine));
        var media = server.Services.GetRequiredService<IMediaStore>();
        await using var scope = server.Services.CreateAsyncScope();
        var photos = scope.ServiceProvider.GetRequiredService<IEnrolmentPhotos>();
        var earlier = new List<EnrolmentPhoto>();
        for (var number = 0; number < 10; number++)
        {
            var key = await media.PutAsync(MediaBucket.Training, TranscriptFiles.Read("noa-1.jpg"), "image/jpeg", default);
            var face = Assert.Single((await photos.CheckAsync(key, "photo.jpg", default)).Faces);
            var photo = new EnrolmentPhoto(key, face.Box);
            Assert.False(await photos.IsSomebodyElseAsync(photo, earlier, default));
            earlier.Add(photo);
        }

        Assert.Equal(10, engine.Looks);

        // Another message knows nothing of them: nothing is kept.
        await using var next = server.Services.CreateAsyncScope();
        await next.ServiceProvider.GetRequiredService<IEnrolmentPhotos>().IsSomebodyElseAsync(earlier[2], earlier[..2], default);
        Assert.Equal(12, engine.Looks);
    }

    private sealed class CountingEngine : IFaceEngine
    {
        public int Looks { get; private set; }

        public string Model => "none";

        public Task<IReadOnlyList<DetectedFace>> DetectAsync(Pixels photo, DetectionPlan plan, CancellationToken cancellation)
        {
            Looks++;
            return Task.FromResult<IReadOnlyList<DetectedFace>>([new DetectedFace(new Box(10, 10, 50, 50), 1, [], new FaceQuality(50, 100, 0, 0))]);
        }

        public Task<IReadOnlyList<FaceDescription>> EmbedAsync(Pixels photo, IReadOnlyList<DetectedFace> faces, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<FaceDescription>>([.. faces.Select(face => new FaceDescription(face, Embedding.FromValues([1f, 0f]), 0))]);
    }
}
