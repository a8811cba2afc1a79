using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>The command that lets a photo begin again loaded the networks while it kept every writer of the running server waiting.</summary>
public sealed class OperatorsLoadNoNetworks
{
    [Fact]
    public async Task A_photo_with_faces_in_clusters_begins_again_without_the_engine()
    {
        await using var host = await RecognitionHost.StartAsync(
            workers: false, adjust: services => services.AddSingleton<IFaceEngine>(_ => throw new InvalidOperationException("The networks are loaded.")));
        var file = await host.Media.PutAsync(MediaBucket.Unprocessed, RecognitionHost.Wall, "image/jpeg", default);
        await host.ExecuteAsync(
            $"""
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at) VALUES ('p', 'class', 's', 'failed', '{file}', '', 0);
            INSERT INTO clusters (id, group_id, state, faces, founded_at, changed_at) VALUES ('c', 'class', 'open', 1, 0, 0);
            INSERT INTO cluster_faces (face_id, cluster_id, group_id, photo_id, joined_at) VALUES ('f', 'c', 'class', 'p', 0)
            """);

        await host.Get<OperatorPhotos>().RetryAsync(new PhotoId("p"));

        Assert.Equal("gone 0", await host.ScalarAsync<string>("SELECT state || ' ' || faces FROM clusters"));
    }
}
