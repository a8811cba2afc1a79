using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>The real face collections; what is sent to them is written down, and they can be made to fail.</summary>
internal sealed class ScriptedCollections(IFaceCollections inner) : IFaceCollections
{
    /// <summary>Every face that was sent, as often as it was.</summary>
    public ConcurrentQueue<FaceId> Indexed { get; } = new();

    /// <summary>What the next calls of AssociateFaces throw; null: nothing.</summary>
    public Func<Exception>? Failure { get; set; }

    /// <summary>Runs when faces were indexed, before they are associated.</summary>
    public Func<Task> BeforeAssociation { get; set; } = () => Task.CompletedTask;

    public Task CreateCollectionAsync(CollectionId collection, CancellationToken cancellation) => inner.CreateCollectionAsync(collection, cancellation);

    public Task DeleteCollectionAsync(CollectionId collection, CancellationToken cancellation) => inner.DeleteCollectionAsync(collection, cancellation);

    public Task CreateUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) => inner.CreateUserAsync(collection, user, cancellation);

    public Task DeleteUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) => inner.DeleteUserAsync(collection, user, cancellation);

    public Task IndexFacesAsync(CollectionId collection, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation)
    {
        foreach (var face in faces)
            Indexed.Enqueue(face.Face);
        return inner.IndexFacesAsync(collection, faces, cancellation);
    }

    public async Task AssociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation)
    {
        await BeforeAssociation();
        if (Failure is { } failure)
            throw failure();
        await inner.AssociateFacesAsync(collection, user, faces, cancellation);
    }

    public Task DisassociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
        inner.DisassociateFacesAsync(collection, user, faces, cancellation);

    public Task<FaceSearch> SearchUsersByImageAsync(CollectionId collection, Embedding face, CancellationToken cancellation) =>
        inner.SearchUsersByImageAsync(collection, face, cancellation);

    public Task<long> VersionAsync(CollectionId collection, CancellationToken cancellation) => inner.VersionAsync(collection, cancellation);

    public Task<IReadOnlyList<FaceRecord>> ListFacesAsync(CollectionId collection, PersonId? user, CancellationToken cancellation) =>
        inner.ListFacesAsync(collection, user, cancellation);

    public Task DeleteFacesAsync(CollectionId collection, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
        inner.DeleteFacesAsync(collection, faces, cancellation);
}
