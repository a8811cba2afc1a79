using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage;

/// <summary>The rows of faces: the records that persons are attached to.</summary>
internal static class FaceTable
{
    /// <summary>The verdict by which a parent gets the photo.</summary>
    public const string Named = "named";

    /// <summary>The verdict of a face about which nobody can say anything.</summary>
    public const string Refused = "refused";

    /// <summary>Makes the record of a face that was found.</summary>
    /// <returns>False where it is there already, or the photo is gone.</returns>
    public static async Task<bool> AddAsync(Session session, FaceId face) =>
        await session.ExecuteAsync(
            """
            INSERT INTO faces (id, photo_id, x, y, width, height, score, verdict)
            SELECT b.face_id, b.photo_id, b.x, b.y, b.width, b.height, b.score, 'undecided'
            FROM bounding_boxes b JOIN photos p ON p.id = b.photo_id WHERE b.face_id = @face
            ON CONFLICT (id) DO NOTHING
            """,
            new { face }) > 0;

    public static Task<FaceRow?> FindAsync(Session session, FaceId face) =>
        session.QuerySingleOrDefaultAsync<FaceRow>("SELECT id, person_id, verdict FROM faces WHERE id = @face", new { face });

    /// <summary>The face is said to be a person's; that is still to be confirmed.</summary>
    /// <returns>False where that was said before, or the face is decided.</returns>
    public static async Task<bool> SuggestAsync(Session session, FaceId face, PersonId person) =>
        await session.ExecuteAsync(
            "UPDATE faces SET person_id = @person WHERE id = @face AND person_id IS NULL AND decided_at IS NULL", new { face, person }) > 0;

    /// <summary>Decides a face, once.</summary>
    /// <param name="person">Who it is or may be; null for nobody.</param>
    /// <param name="similarity">0..100, where there is a person.</param>
    /// <param name="verdict">named, uncertain, nobody or refused.</param>
    /// <returns>False where the face is decided already, or gone.</returns>
    public static async Task<bool> DecideAsync(
        Session session, FaceId face, PersonId? person, float? similarity, string verdict, DateTimeOffset now) =>
        await session.ExecuteAsync(
            """
            UPDATE faces SET person_id = @person, similarity = @similarity, verdict = @verdict, decided_at = @now
            WHERE id = @face AND decided_at IS NULL
            """,
            new { face, person, similarity, verdict, now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>A name that was given becomes a question.</summary>
    public static Task DoubtAsync(Session session, FaceId face) =>
        session.ExecuteAsync("UPDATE faces SET verdict = 'uncertain' WHERE id = @face AND verdict = 'named'", new { face });

    /// <summary>Whether another face of the photo bears the person's name.</summary>
    public static async Task<bool> NamedTwiceAsync(Session session, PhotoId photo, FaceId face, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM faces WHERE photo_id = @photo AND person_id = @person AND verdict = 'named' AND id <> @face",
            new { photo, face, person }) > 0;
}

internal sealed record FaceRow
{
    public FaceId Id { get; init; }

    public PersonId? PersonId { get; init; }

    /// <summary>undecided, named, uncertain, nobody or refused.</summary>
    public string Verdict { get; init; } = "";

    public bool IsOpen => Verdict == "undecided" && PersonId is null;
}
