using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;

namespace Atmosphere.Bench.Slack;

/// <summary>Counts how often the collections are told of each face.</summary>
internal sealed class CountedTraining
{
    /// <summary>How often, by face.</summary>
    public ConcurrentDictionary<FaceId, int> Faces { get; } = new();

    /// <summary>Stands before the collections from now on.</summary>
    public void Count(IServiceCollection services)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IFaceCollections)).ImplementationFactory!;
        services.AddSingleton<IFaceCollections>(provider => new Counting((IFaceCollections)inner(provider), Faces));
    }

    private sealed class Counting(IFaceCollections inner, ConcurrentDictionary<FaceId, int> told) : IFaceCollections, IDisposable
    {
        public Task CreateCollectionAsync(CollectionId collection, CancellationToken cancellation) => inner.CreateCollectionAsync(collection, cancellation);

        public Task DeleteCollectionAsync(CollectionId collection, CancellationToken cancellation) => inner.DeleteCollectionAsync(collection, cancellation);

        public Task CreateUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) => inner.CreateUserAsync(collection, user, cancellation);

        public Task DeleteUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation) => inner.DeleteUserAsync(collection, user, cancellation);

        public Task IndexFacesAsync(CollectionId collection, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation)
        {
            foreach (var face in faces)
                _ = told.AddOrUpdate(face.Face, 1, (_, times) => times + 1);
            return inner.IndexFacesAsync(collection, faces, cancellation);
        }

        public Task AssociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            inner.AssociateFacesAsync(collection, user, faces, cancellation);

        public Task DisassociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            inner.DisassociateFacesAsync(collection, user, faces, cancellation);

        public Task<FaceSearch> SearchUsersByImageAsync(CollectionId collection, Embedding face, CancellationToken cancellation) =>
            inner.SearchUsersByImageAsync(collection, face, cancellation);

        public Task<long> VersionAsync(CollectionId collection, CancellationToken cancellation) => inner.VersionAsync(collection, cancellation);

        public Task<IReadOnlyList<FaceRecord>> ListFacesAsync(CollectionId collection, PersonId? user, CancellationToken cancellation) =>
            inner.ListFacesAsync(collection, user, cancellation);

        public Task DeleteFacesAsync(CollectionId collection, IReadOnlyList<FaceId> faces, CancellationToken cancellation) =>
            inner.DeleteFacesAsync(collection, faces, cancellation);

        public void Dispose() => (inner as IDisposable)?.Dispose();
    }
}
