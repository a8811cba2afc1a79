using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Flows.Identify;

/// <summary>A face that nobody can be named from is a question; one that could not be looked at is an error.</summary>
public sealed class WhoIsNotCertain
{
    [Fact]
    public async Task Unknown_and_uncertain_faces_of_one_child_are_one_cluster_and_who_gets_the_name_leaves_it()
    {
        // Only the very same vector is named.
        var rule = new NamingRule(0.04f, [new NamingScore(LeadWeight: 0, OthersAtMost: 0.45f, MissingAt: 0.45f, NamedBelow: 0.001f, UncertainBelow: 0.28f)]);
        await using var one = await ClassWithTags.StartAsync(services => services.AddSingleton(new FaceNaming(new NamingRules(rule, rule))));
        var photos = new List<PhotoId> { await one.PostAndRunAsync("zero", 85) };
        var maya = await one.RegisterMayaAsync();
        for (var i = 0; i < 4; i++)
            photos.Add(await one.PostAndRunAsync($"photo{i}", 55 + (i * 7)));

        var faces = new List<FaceId>();
        foreach (var photo in photos)
            faces.Add(await one.FaceAsync(photo, ClassWithTags.Maya));
        foreach (var face in faces.Skip(1))
            Assert.Equal("uncertain", await one.VerdictAsync(face));
        var ids = string.Join(", ", faces.Select(face => $"'{face}'"));
        Assert.Equal(5, await one.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM cluster_faces WHERE face_id IN ({ids})"));
        Assert.Equal(1, await one.Host.ScalarAsync<int>($"SELECT COUNT(DISTINCT cluster_id) FROM cluster_faces WHERE face_id IN ({ids})"));

        var learned = await one.Collections.ListFacesAsync(CollectionId.Of(RecognitionHost.Class), maya, default);
        await one.Collections.DeleteFacesAsync(CollectionId.Of(RecognitionHost.Class), [.. learned.Select(face => face.Face)], default);
        await one.TeachAsync(faces[2], maya, QuestionId.New());
        await one.Host.RunAsync(new PersonTaught(maya, RecognitionHost.Class));
        Assert.Equal("named", await one.VerdictAsync(faces[2]));
        Assert.Equal(4, await one.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM cluster_faces WHERE face_id IN ({ids})"));
        Assert.Equal(0, await one.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM cluster_faces WHERE face_id = '{faces[2]}'"));
    }

    [Fact]
    public async Task A_failure_of_the_engine_is_tried_again_and_never_nobody()
    {
        await using var one = await ClassWithTags.StartAsync(services =>
        {
            var inner = services.Last(service => service.ServiceType == typeof(IFaceCollections));
            services.AddSingleton(provider => new FailingCollections((IFaceCollections)inner.ImplementationFactory!(provider)));
            services.AddSingleton<IFaceCollections>(provider => provider.GetRequiredService<FailingCollections>());
        });
        await one.PostAsync("one", 80);
        var stored = new List<FaceStored>();
        while (await one.Host.TakeAsync() is { } message)
        {
            if (message is FaceStored face)
                stored.Add(face);
            else
                await one.RunAsync(message);
        }

        // Since it was searched somebody was registered: it is searched again.
        _ = await one.Host.ConnectAsync("Maya", one.Mother, RecognitionHost.Sample(2), ClassWithTags.Maya);
        one.Host.Get<FailingCollections>().Fails = true;
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => one.Host.RunAsync(stored[0]));
        Assert.Equal("undecided", await one.VerdictAsync(stored[0].Face));
        await one.Host.ExhaustAsync(stored[0], new InvalidOperationException("The engine is away."));
        Assert.Equal("refused", await one.VerdictAsync(stored[0].Face));
        Assert.Equal(0, await one.WaitingAsync<FaceNotIdentified>());

        one.Host.Get<FailingCollections>().Fails = false;
        foreach (var message in stored)
            await one.RunAsync(message);
        var asked = await one.WaitingAsync<FaceNotIdentified>();
        foreach (var message in stored)
            await one.RunAsync(message);
        Assert.True(asked > 0);
        Assert.Equal(asked, await one.WaitingAsync<FaceNotIdentified>());
        Assert.Equal(asked, await one.Host.ScalarAsync<int>($"SELECT COUNT(*) FROM faces WHERE photo_id = '{await one.PhotoAsync("one")}' AND verdict IN ('nobody', 'uncertain')"));
    }

    private sealed class FailingCollections(IFaceCollections inner) : IFaceCollections
    {
        public bool Fails { get; set; }

        public Task CreateCollectionAsync(CollectionId collection, CancellationToken cancellation) => inner.CreateCollectionAsync(collection, cancellation);

        public Task DeleteCollectionAsync(CollectionId collection, CancellationToken cancellation) => inner.DeleteCollectionAsync(collection, cancellation);

        public Task CreateUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) => inner.CreateUserAsync(collection, user, cancellation);

        public Task DeleteUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) => inner.DeleteUserAsync(collection, user, cancellation);

        public Task IndexFacesAsync(CollectionId collection, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation) =>
            inner.IndexFacesAsync(collection, faces, cancellation);

        public Task AssociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            inner.AssociateFacesAsync(collection, user, faces, cancellation);

        public Task DisassociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            inner.DisassociateFacesAsync(collection, user, faces, cancellation);

        public Task<FaceSearch> SearchUsersByImageAsync(CollectionId collection, Embedding face, CancellationToken cancellation) =>
            Fails ? throw new InvalidOperationException("The engine is away.") : inner.SearchUsersByImageAsync(collection, face, cancellation);

        public Task<long> VersionAsync(CollectionId collection, CancellationToken cancellation) => inner.VersionAsync(collection, cancellation);

        public Task<IReadOnlyList<FaceRecord>> ListFacesAsync(CollectionId collection, PersonId? user, CancellationToken cancellation) =>
            inner.ListFacesAsync(collection, user, cancellation);

        public Task DeleteFacesAsync(CollectionId collection, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            inner.DeleteFacesAsync(collection, faces, cancellation);
    }
}
