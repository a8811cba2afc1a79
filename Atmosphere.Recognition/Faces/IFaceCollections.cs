using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

/// <summary>
/// Face collections with the operations of AWS Rekognition. Every operation can be repeated: creating something that exists, or deleting
/// something that does not, is no error. A missing collection is a <see cref="CollectionNotFoundException"/>.
/// </summary>
public interface IFaceCollections
{
    /// <summary>Creates an empty collection, bound to the engine's model.</summary>
    /// <exception cref="CollectionNotFoundException">The collection belongs to a group that has ended.</exception>
    Task CreateCollectionAsync(CollectionId collection, CancellationToken cancellation);

    /// <summary>Deletes the collection, its users and its faces.</summary>
    Task DeleteCollectionAsync(CollectionId collection, CancellationToken cancellation);

    /// <summary>Adds a user without faces.</summary>
    Task CreateUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation);

    /// <summary>Deletes the user. Its faces stay in the collection without a user.</summary>
    Task DeleteUserAsync(CollectionId collection, PersonId user, CancellationToken cancellation);

    /// <summary>Stores faces. A known face id is left unchanged.</summary>
    Task IndexFacesAsync(CollectionId collection, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation);

    /// <summary>Assigns faces to a user, who can have at most 100.</summary>
    Task AssociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation);

    /// <summary>Removes faces from a user; they stay in the collection.</summary>
    Task DisassociateFacesAsync(CollectionId collection, PersonId user, IReadOnlyList<FaceId> faces, CancellationToken cancellation);

    /// <summary>The users that resemble the face, most similar first, and whether the best one may be named.</summary>
    Task<FaceSearch> SearchUsersByImageAsync(CollectionId collection, Embedding face, CancellationToken cancellation);

    /// <summary>A number that grows with every change that can affect a search; 0 if the collection does not exist.</summary>
    Task<long> VersionAsync(CollectionId collection, CancellationToken cancellation);

    /// <summary>All faces of the collection, or of one user, in the order they were indexed.</summary>
    Task<IReadOnlyList<FaceRecord>> ListFacesAsync(CollectionId collection, PersonId? user, CancellationToken cancellation);

    /// <summary>Deletes faces and their vectors.</summary>
    Task DeleteFacesAsync(CollectionId collection, IReadOnlyList<FaceId> faces, CancellationToken cancellation);
}

/// <param name="Face">Chosen by the caller.</param>
/// <param name="Embedding">Computed by the engine whose model the collection is bound to.</param>
public sealed record FaceToIndex(FaceId Face, Embedding Embedding);

public sealed record FaceRecord(FaceId Face, PersonId? User);

/// <param name="User">A user of the collection.</param>
/// <param name="Similarity">0 (nothing in common) to 100 (the same picture).</param>
public sealed record UserMatch(PersonId User, float Similarity);

/// <param name="Matches">At most five users, most similar first.</param>
/// <param name="Verdict">What may be concluded from them.</param>
public sealed record FaceSearch(IReadOnlyList<UserMatch> Matches, MatchVerdict Verdict)
{
    /// <summary>
    /// Whether the first match is near enough for its name, regardless of the second. Always true for <see cref="MatchVerdict.Named"/>.
    /// </summary>
    public bool NearEnough { get; init; }

    /// <summary>The <see cref="IFaceCollections.VersionAsync"/> of the collection that was searched.</summary>
    public long CollectionVersion { get; init; }
}

public enum MatchVerdict
{
    /// <summary>No user of the collection.</summary>
    Nobody,

    /// <summary>Perhaps the first match; a human decides.</summary>
    Uncertain,

    /// <summary>The first match, clearly ahead of the second.</summary>
    Named,
}

/// <summary>The collection does not exist.</summary>
public sealed class CollectionNotFoundException(CollectionId collection)
    : Exception($"There is no face collection '{collection}'. Create it before it is used.");

/// <summary>The collection's vectors were computed by another model.</summary>
public sealed class ModelChangedException(CollectionId collection, string stored, string current)
    : Exception($"The face collection '{collection}' was made with model {stored[..8]}, the program now uses {current[..8]}. "
        + "Set Faces:Models back, or delete the collection and register its persons again.");
