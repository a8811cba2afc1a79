using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>What a face collection in this database knows a person by. An engine that keeps its vectors elsewhere gives none.</summary>
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
