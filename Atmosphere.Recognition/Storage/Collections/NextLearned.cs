using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table next_learned: learned faces as the wanted recogniser describes them.</summary>
internal static class NextLearned
{
    private const string OfAnother = "SELECT k.id FROM collections k WHERE k.model <> @model";

    /// <summary>Persons with a learned face that is not described anew yet.</summary>
    /// <param name="model">Hash of the wanted recogniser.</param>
    public static Task<IReadOnlyList<PersonId>> DueAsync(Session session, string model) =>
        session.QueryAsync<PersonId>(
            $"""
            SELECT DISTINCT c.user_id FROM collection_faces c
            WHERE c.user_id IS NOT NULL AND c.collection_id IN ({OfAnother})
                AND NOT EXISTS (SELECT 1 FROM next_learned n WHERE n.face_id = c.face_id AND n.model = @model)
            ORDER BY c.user_id
            """,
            new { model });

    /// <summary>A person's learned faces, newest first.</summary>
    public static Task<IReadOnlyList<FaceId>> FacesAsync(Session session, PersonId person) =>
        session.QueryAsync<FaceId>("SELECT face_id FROM collection_faces WHERE user_id = @person ORDER BY position DESC", new { person });

    /// <summary>Stores the vector of a face that is still learned; null: no picture of it is kept.</summary>
    public static Task PutAsync(Session session, FaceId face, string model, Embedding? vector) =>
        session.ExecuteAsync(
            """
            INSERT INTO next_learned (face_id, model, vector)
            SELECT @face, @model, @vector WHERE EXISTS (SELECT 1 FROM collection_faces WHERE face_id = @face)
            ON CONFLICT (face_id) DO UPDATE SET model = excluded.model, vector = excluded.vector
            """,
            new { face, model, vector = vector?.ToBytes() });

    /// <summary>Puts the new vectors in the place of the old ones. Faces without one are not learned any more.</summary>
    /// <returns>The persons of whom nothing is learned any more.</returns>
    public static async Task<IReadOnlyList<PersonId>> TakeOverAsync(Session session, string model)
    {
        _ = await session.ExecuteAsync(
            $"""
            DELETE FROM collection_faces WHERE collection_id IN ({OfAnother})
                AND NOT EXISTS (SELECT 1 FROM next_learned n WHERE n.face_id = collection_faces.face_id AND n.model = @model AND n.vector IS NOT NULL)
            """,
            new { model });
        _ = await session.ExecuteAsync(
            $"""
            UPDATE collection_faces SET vector = (SELECT n.vector FROM next_learned n WHERE n.face_id = collection_faces.face_id)
            WHERE collection_id IN ({OfAnother})
            """,
            new { model });
        _ = await session.ExecuteAsync("UPDATE collections SET model = @model, version = version + 1 WHERE model <> @model", new { model });
        await ForgetAsync(session);
        return await session.QueryAsync<PersonId>(
            "SELECT u.user_id FROM collection_users u WHERE NOT EXISTS (SELECT 1 FROM collection_faces c WHERE c.user_id = u.user_id) ORDER BY u.user_id");
    }

    public static Task ForgetAsync(Session session) => session.ExecuteAsync("DELETE FROM next_learned");
}
