using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Faces.Clustering;

/// <summary>One photo as it arrives from forty phones: cropped, mirrored, recompressed; with strangers in between.</summary>
public sealed class TheSamePersonInFortyPhotos : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Is_one_cluster()
    {
        var people = Directory.GetDirectories(SharedPhotos.Path("lfw")).Order(StringComparer.Ordinal).ToList();
        var photo = _host.Get<PhotoDecoder>().Decode(await File.ReadAllBytesAsync(First(people[0])), "the photo");
        for (var i = 0; i < 40; i++)
        {
            await SeeAsync($"same{i}", Variant(photo, i));
            if (i % 8 == 0)
                await SeeAsync($"other{i}", await File.ReadAllBytesAsync(First(people[1 + (i / 8)])));
        }

        Assert.Equal(40, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM cluster_faces WHERE photo_id LIKE 'same%'"));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(DISTINCT cluster_id) FROM cluster_faces WHERE photo_id LIKE 'same%'"));
        Assert.Equal(6, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM clusters WHERE state = 'open'"));
    }

    private static string First(string person) => Directory.GetFiles(person).Order(StringComparer.Ordinal).First();

    private byte[] Variant(Pixels photo, int number)
    {
        var (left, top) = (number % 5 * 3, number % 7 * 2);
        var (width, height) = (photo.Width - left - (number % 3 * 4), photo.Height - top - (number % 4 * 3));
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var from = left + (number % 2 == 0 ? x : width - 1 - x);
                photo.Rgb.AsSpan((((y + top) * photo.Width) + from) * 3, 3).CopyTo(rgb.AsSpan(((y * width) + x) * 3));
            }
        }

        return _host.Get<PhotoEncoder>().EncodeJpeg(new Pixels(width, height, rgb), 50 + number);
    }

    private async Task SeeAsync(string name, byte[] photo)
    {
        var pixels = _host.Get<PhotoDecoder>().Decode(photo, name);
        var engine = _host.Get<IFaceEngine>();
        var subject = Portraits.Subject(await engine.DetectAsync(pixels, DetectionPlan.Thorough, default), pixels)!;
        var described = (await engine.EmbedAsync(pixels, [subject], default))[0];
        var face = new UnknownFace(FaceId.New(), described.Embedding, QualityRules.Judge(described).Verdict);
        await _host.Database.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO embeddings (face_id, photo_id, model, vector, mirror_distance) VALUES (@Face, @name, @Model, @vector, 0)",
            new { face.Face, name, engine.Model, vector = face.Embedding.ToBytes() }));
        var plan = await _host.Get<UnknownClusters>().PlanAsync(RecognitionHost.Class, new PhotoId(name), [face], default);
        await _host.Database.WriteAsync(session => plan.ApplyAsync(session, DateTimeOffset.UnixEpoch));
    }
}
