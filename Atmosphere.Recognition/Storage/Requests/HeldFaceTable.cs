using System.Security.Cryptography;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>A face that is not learned before somebody who knows the person has said that it is theirs.</summary>
public sealed record HeldFace
{
    public FaceId Id { get; init; }

    /// <summary>What an operator names, 1000 to 9999.</summary>
    public long Number { get; init; }

    public PersonId PersonId { get; init; }

    /// <summary>As the parent calls the person.</summary>
    public string Name { get; init; } = "";

    public GroupId GroupId { get; init; }

    /// <summary>Who says that it is the person's; null: colleagues do.</summary>
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

    /// <summary>How many people are asked about it now.</summary>
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
        SELECT h.id, h.number, h.person_id, p.name, p.group_id, h.from_id, h.media, h.picture, h.x, h.y, h.width, h.height, h.state, h.created_at,
            (SELECT COUNT(*) FROM requests r WHERE r.face_id = h.id AND r.state = 'open') AS asked
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
            INSERT INTO held_faces (id, number, person_id, from_id, media, picture, x, y, width, height, state, created_at)
            SELECT @Id, @number, id, @FromId, @Media, @Picture, @X, @Y, @Width, @Height, 'waiting', @now FROM persons WHERE id = @PersonId
            ON CONFLICT (id) DO NOTHING
            """,
            new
            {
                face.Id,
                number,
                face.FromId,
                face.Media,
                face.Picture,
                face.X,
                face.Y,
                face.Width,
                face.Height,
                face.PersonId,
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
        (int)await session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM held_faces WHERE person_id = @person AND state = 'waiting'", new { person });

    /// <returns>False where it was decided before.</returns>
    internal static async Task<bool> DecideAsync(Session session, FaceId face, bool allowed) =>
        await session.ExecuteAsync(
            "UPDATE held_faces SET state = @state WHERE id = @face AND state = 'waiting'", new { face, state = allowed ? "allowed" : "refused" }) > 0;

    /// <summary>It was allowed, and cannot be learned.</summary>
    /// <returns>False where that was so before.</returns>
    internal static async Task<bool> GiveUpAsync(Session session, FaceId face) =>
        await session.ExecuteAsync("UPDATE held_faces SET state = 'refused' WHERE id = @face AND state = 'allowed'", new { face }) > 0;

    internal static Task DeleteAsync(Session session, FaceId face) => session.ExecuteAsync("DELETE FROM held_faces WHERE id = @face", new { face });

    /// <summary>The files of everything that somebody sent and that waits.</summary>
    internal static async Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, ParticipantId from) =>
        await session.QueryAsync<MediaKey>(
            "SELECT media FROM held_faces WHERE from_id = @from UNION ALL SELECT picture FROM held_faces WHERE from_id = @from", new { from });

    /// <summary>The files of everything that is held of a person.</summary>
    internal static async Task<IReadOnlyList<MediaKey>> FilesAsync(Session session, PersonId person) =>
        await session.QueryAsync<MediaKey>(
            "SELECT media FROM held_faces WHERE person_id = @person UNION ALL SELECT picture FROM held_faces WHERE person_id = @person", new { person });
}
