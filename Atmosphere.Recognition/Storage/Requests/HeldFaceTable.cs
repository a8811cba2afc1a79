using System.Security.Cryptography;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>A face that is not learned, or matches that are not delivered, before somebody who knows the person has looked.</summary>
public sealed record HeldFace
{
    /// <summary>The kind of a face that is said to be a learned person's.</summary>
    public const string OfPerson = "face";

    /// <summary>The kind of the face of a person that is not learned yet.</summary>
    public const string OfRegistration = "registration";

    /// <summary>The kind of a person's first matches, of which nothing is delivered before somebody has looked.</summary>
    public const string OfMatches = "matches";

    public FaceId Id { get; init; }

    public string Kind { get; init; } = OfPerson;

    /// <summary>What an operator names, 1000 to 9999.</summary>
    public long Number { get; init; }

    public PersonId PersonId { get; init; }

    /// <summary>As the parent calls the person.</summary>
    public string Name { get; init; } = "";

    public GroupId GroupId { get; init; }

    /// <summary>Registration: the registered person that it looks like, shown on the left; null: none.</summary>
    public PersonId? LikeId { get; init; }

    /// <summary>The participant who says that it is the person's; null: colleagues do.</summary>
    public ParticipantId? FromId { get; init; }

    /// <summary>The face with its surroundings.</summary>
    public MediaKey Media { get; init; }

    /// <summary>The person's learned face and this one, side by side.</summary>
    public MediaKey Picture { get; init; }

    public float X { get; init; }

    public float Y { get; init; }

    public float Width { get; init; }

    public float Height { get; init; }

    /// <summary>waiting, allowed or refused.</summary>
    public string State { get; init; } = "";

    public long CreatedAt { get; init; }

    public long? DecidedAt { get; init; }

    /// <summary>True if a teacher left it to an operator.</summary>
    public bool HandedOver { get; init; }

    public bool IsRegistration => Kind == OfRegistration;

    public bool IsMatches => Kind == OfMatches;

    /// <summary>Matches: the ids of the faces in the picture, separated by spaces.</summary>
    public string? Faces { get; init; }

    internal IReadOnlyList<FaceId> Matches => [.. (Faces ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(face => new FaceId(face))];

    /// <summary>How many are asked about it now: teachers, owners, and colleagues as one.</summary>
    public long Asked { get; init; }

    /// <summary>Of the face, pixels of <see cref="Media"/>.</summary>
    public Box Box => new(X, Y, Width, Height);

    public IReadOnlyList<MediaKey> Files => [Media, Picture];
}

/// <summary>The rows of held_faces.</summary>
public static class HeldFaceTable
{
    private const string Columns =
        """
        SELECT h.id, h.number, h.kind, h.person_id, h.like_id, p.name, p.group_id, h.from_id, h.media, h.picture, h.x, h.y, h.width, h.height, h.state, h.created_at,
            h.decided_at, h.handed_over, h.faces,
            (SELECT COUNT(*) FROM requests r WHERE r.face_id = h.id AND r.state = 'open')
                + (SELECT COUNT(*) FROM held_face_posts o WHERE o.held_id = h.id AND o.state = 'posted') AS asked
        FROM held_faces h JOIN persons p ON p.id = h.person_id
        """;

    /// <returns>False where it is held already, or the person is gone.</returns>
    internal static async Task<bool> AddAsync(Session session, HeldFace face, DateTimeOffset now)
    {
        var taken = (await session.QueryAsync<long>("SELECT number FROM held_faces")).ToHashSet();
        int number;
        do
            number = RandomNumberGenerator.GetInt32(1000, 10_000);
        while (taken.Contains(number) && taken.Count < 8_000);
        return await session.ExecuteAsync(
            """
            INSERT INTO held_faces (id, number, kind, person_id, like_id, from_id, media, picture, x, y, width, height, state, created_at, faces)
            SELECT @Id, @number, @Kind, id, @LikeId, @FromId, @Media, @Picture, @X, @Y, @Width, @Height, 'waiting', @now, @Faces FROM persons WHERE id = @PersonId
            ON CONFLICT (id) DO NOTHING
            """,
            new
            {
                face.Id,
                number,
                face.Kind,
                face.LikeId,
                face.FromId,
                face.Media,
                face.Picture,
                face.X,
                face.Y,
                face.Width,
                face.Height,
                face.PersonId,
                face.Faces,
                now = now.ToUnixTimeMilliseconds(),
            }) > 0;
    }

    /// <returns>Null where it is gone.</returns>
    public static Task<HeldFace?> FindAsync(Session session, FaceId face) => session.QuerySingleOrDefaultAsync<HeldFace>($"{Columns} WHERE h.id = @face", new { face });

    /// <summary>Those that nobody decided about, the oldest first.</summary>
    public static Task<IReadOnlyList<HeldFace>> WaitingAsync(Session session) =>
        session.QueryAsync<HeldFace>($"{Columns} WHERE h.state = 'waiting' ORDER BY h.created_at, h.id");

    /// <summary>How many of a person wait.</summary>
    public static async Task<int> CountAsync(Session session, PersonId person) =>
        (int)await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM held_faces WHERE person_id = @person AND state = 'waiting' AND kind <> 'matches'", new { person });

    /// <summary>Registrations that somebody decided about before a time, the oldest first.</summary>
    internal static Task<IReadOnlyList<HeldFace>> DecidedAsync(Session session, DateTimeOffset until) =>
        session.QueryAsync<HeldFace>(
            $"{Columns} WHERE h.kind = 'registration' AND h.state <> 'waiting' AND h.decided_at <= @until ORDER BY h.decided_at, h.id",
            new { until = until.ToUnixTimeMilliseconds() });

    /// <summary>Those that an operator may decide about, or change the decision of, oldest first.</summary>
    public static Task<IReadOnlyList<HeldFace>> AllAsync(Session session) => session.QueryAsync<HeldFace>($"{Columns} ORDER BY h.created_at, h.id");

    /// <returns>False where it was decided before.</returns>
    internal static async Task<bool> DecideAsync(Session session, FaceId face, bool allowed, DateTimeOffset now) =>
        await session.ExecuteAsync(
            "UPDATE held_faces SET state = @state, decided_at = @now WHERE id = @face AND state = 'waiting'",
            new { face, state = allowed ? "allowed" : "refused", now = now.ToUnixTimeMilliseconds() }) > 0;

    /// <summary>The refusal of a registration is undone: it waits again.</summary>
    /// <returns>False where it is not refused.</returns>
    internal static async Task<bool> ReopenAsync(Session session, FaceId face) =>
        await session.ExecuteAsync(
            "UPDATE held_faces SET state = 'waiting', decided_at = NULL WHERE id = @face AND kind = 'registration' AND state = 'refused'", new { face }) > 0;

    /// <summary>From now on only an operator decides.</summary>
    /// <returns>False where nothing waits.</returns>
    internal static async Task<bool> HandOverAsync(Session session, FaceId face) =>
        await session.ExecuteAsync("UPDATE held_faces SET handed_over = 1 WHERE id = @face AND state = 'waiting'", new { face }) > 0;

    /// <summary>It was allowed, and cannot be learned.</summary>
    /// <returns>False where that was so before.</returns>
    internal static async Task<bool> GiveUpAsync(Session session, FaceId face) =>
        await session.ExecuteAsync("UPDATE held_faces SET state = 'refused' WHERE id = @face AND state = 'allowed'", new { face }) > 0;

    internal static Task DeleteAsync(Session session, FaceId face) => session.ExecuteAsync("DELETE FROM held_faces WHERE id = @face", new { face });

    /// <summary>Registrations that have waited for a decision and whose picture is gone, with the person whom it showed.</summary>
    internal static Task<IReadOnlyList<PersonId>> WithoutPictureAsync(Session session, DateTimeOffset until) =>
        session.QueryAsync<PersonId>(
            """
            SELECT p.id FROM persons p JOIN requests r ON r.person_id = p.id AND r.kind = 'lookalike'
            WHERE p.state = 'connecting' AND p.look_alike <> 2 AND p.created_at <= @until
                AND NOT EXISTS (SELECT 1 FROM held_faces h WHERE h.person_id = p.id AND h.kind = 'registration')
            GROUP BY p.id
            """,
            new { until = until.ToUnixTimeMilliseconds() });

    /// <summary>The files of everything that somebody sent and that waits.</summary>
    internal static async Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, ParticipantId from) =>
        await session.QueryAsync<MediaKey>(
            "SELECT media FROM held_faces WHERE from_id = @from UNION ALL SELECT picture FROM held_faces WHERE from_id = @from", new { from });

    /// <summary>The files of everything that is held of a person, or shows it beside a registration.</summary>
    internal static async Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, PersonId person) =>
        await session.QueryAsync<MediaKey>(
            """
            SELECT media FROM held_faces WHERE person_id = @person OR like_id = @person
            UNION ALL SELECT picture FROM held_faces WHERE person_id = @person OR like_id = @person
            """,
            new { person });
}
