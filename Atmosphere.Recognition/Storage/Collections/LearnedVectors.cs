using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The learned vectors of a person in this database. Empty if the face engine stores its vectors elsewhere.</summary>
internal static class LearnedVectors
{
    /// <summary>In the order in which they were learned.</summary>
    public static async Task<IReadOnlyList<(FaceId Face, Embedding Vector)>> OfAsync(Session session, CollectionId collection, PersonId person)
    {
        var rows = await session.QueryAsync<Row>(
            "SELECT face_id, vector FROM collection_faces WHERE collection_id = @collection AND user_id = @person ORDER BY position", new { collection, person });
        return [.. rows.Select(row => (row.FaceId, Embedding.FromBytes(row.Vector)))];
    }

    private sealed record Row
    {
        public FaceId FaceId { get; init; }

        public byte[] Vector { get; init; } = [];
    }
}
