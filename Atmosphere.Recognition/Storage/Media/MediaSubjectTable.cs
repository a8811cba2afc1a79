using System.Globalization;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>The table media_subjects.</summary>
internal static partial class MediaSubjectTable
{
    /// <summary>Records the subjects of a file that is about to be stored, and the groups of its photos and persons.</summary>
    public static async Task AddAsync(Session session, MediaKey media, Subjects subjects, DateTimeOffset now)
    {
        var photos = subjects.Kind == MediaKind.GroupPhoto ? [media.PhotoId()] : subjects.Photos;
        var rows = photos.Select(photo => new Row { PhotoId = photo.Value })
            .Concat(subjects.Groups.Select(group => new Row { GroupId = group.Value }))
            .Concat(subjects.Faces.Select(face => new Row { FaceId = face.Value }))
            .Concat(subjects.Persons.Select(person => new Row { PersonId = person.Value }))
            .Concat(subjects.MadeFor is { } participant ? [new Row { ParticipantId = participant.Value }] : []);
        var (kind, at) = (NameOf(subjects.Kind), now.ToUnixTimeMilliseconds());
        foreach (var row in rows)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO media_subjects (media, kind, group_id, photo_id, face_id, person_id, participant_id, stored_at)
                VALUES (@media, @kind, @GroupId, @PhotoId, @FaceId, @PersonId, @ParticipantId, @at)
                """,
                new { media = media.Value, kind, row.GroupId, row.PhotoId, row.FaceId, row.PersonId, row.ParticipantId, at });
        }

        // An export belongs to its participant, whatever groups they leave.
        if (subjects.Kind is not (MediaKind.Export or MediaKind.ExportedFace))
            await AddGroupsAsync(session, media);
    }

    /// <summary>Records a person whom the file turned out to show. A file that is gone stays unknown.</summary>
    public static async Task AddPersonAsync(Session session, MediaKey media, PersonId person)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO media_subjects (media, kind, person_id, stored_at)
            SELECT DISTINCT media, kind, @person, stored_at FROM media_subjects s WHERE media = @media
                AND NOT EXISTS (SELECT 1 FROM media_subjects o WHERE o.media = @media AND o.person_id = @person)
            """,
            new { media = media.Value, person });
        await AddGroupsAsync(session, media);
    }

    /// <summary>Records that a copy has the same subjects.</summary>
    public static Task CopyAsync(Session session, MediaKey media, MediaKey copy) =>
        session.ExecuteAsync(
            """
            INSERT INTO media_subjects (media, kind, group_id, photo_id, face_id, person_id, participant_id, stored_at)
            SELECT @copy, kind, group_id, photo_id, face_id, person_id, participant_id, stored_at FROM media_subjects
            WHERE media = @media AND NOT EXISTS (SELECT 1 FROM media_subjects WHERE media = @copy)
            """,
            new { media = media.Value, copy = copy.Value });

    public static Task DeleteAsync(Session session, MediaKey media) =>
        session.ExecuteAsync("DELETE FROM media_subjects WHERE media = @media", new { media = media.Value });

    /// <returns>Null if nothing is known of the file: nobody may see it.</returns>
    public static async Task<Subjects?> FindAsync(Session session, MediaKey media)
    {
        var rows = await session.QueryAsync<Row>(
            "SELECT kind, group_id, photo_id, face_id, person_id, participant_id FROM media_subjects WHERE media = @media", new { media = media.Value });
        if (rows.Count == 0 || KindOf(rows[0].Kind) is not { } kind)
            return null;
        return Subjects.Stored(kind) with
        {
            Groups = [.. rows.Where(row => row.GroupId is not null).Select(row => new GroupId(row.GroupId!))],
            Photos = [.. rows.Where(row => row.PhotoId is not null).Select(row => new PhotoId(row.PhotoId!))],
            Faces = [.. rows.Where(row => row.FaceId is not null).Select(row => new FaceId(row.FaceId!))],
            Persons = [.. rows.Where(row => row.PersonId is not null).Select(row => new PersonId(row.PersonId!))],
            MadeFor = rows.FirstOrDefault(row => row.ParticipantId is not null)?.ParticipantId is { } to ? new ParticipantId(to) : null,
        };
    }

    /// <summary>The files that show or name the person in particular, or one of the faces.</summary>
    public static Task<IReadOnlyList<MediaKey>> OfAsync(Session session, PersonId person, IReadOnlyCollection<FaceId> faces) =>
        session.QueryAsync<MediaKey>(
            "SELECT media FROM media_subjects WHERE person_id = @person UNION SELECT media FROM media_subjects WHERE face_id IN @faces",
            new { person, faces = faces.Select(face => face.Value).ToList() });

    /// <summary>The files made for the participant or sent by them.</summary>
    public static Task<IReadOnlyList<MediaKey>> OfAsync(Session session, ParticipantId participant) =>
        session.QueryAsync<MediaKey>("SELECT DISTINCT media FROM media_subjects WHERE participant_id = @participant", new { participant });

    /// <summary>The files that show the photo.</summary>
    public static Task<IReadOnlyList<MediaKey>> OfAsync(Session session, PhotoId photo) =>
        session.QueryAsync<MediaKey>("SELECT DISTINCT media FROM media_subjects WHERE photo_id = @photo", new { photo });

    /// <summary>The files that show photos or persons of the group.</summary>
    public static Task<IReadOnlyList<MediaKey>> OfAsync(Session session, GroupId group) =>
        session.QueryAsync<MediaKey>("SELECT DISTINCT media FROM media_subjects WHERE group_id = @group", new { group });

    /// <summary>The files that have one of the ids among their subjects.</summary>
    public static Task<IReadOnlyList<MediaKey>> OfAnyAsync(Session session, IReadOnlyCollection<string> ids) =>
        session.QueryAsync<MediaKey>(
            string.Join(" UNION ", ((string[])["group_id", "photo_id", "face_id", "person_id", "participant_id"]).Select(column => $"SELECT media FROM media_subjects WHERE {column} IN @ids")),
            new { ids });

    /// <summary>All files of which subjects are known.</summary>
    public static async Task<IReadOnlySet<MediaKey>> AllAsync(Session session) =>
        (await session.QueryAsync<MediaKey>("SELECT DISTINCT media FROM media_subjects")).ToHashSet();

    /// <summary>The files recorded before a time.</summary>
    public static Task<IReadOnlyList<MediaKey>> BeforeAsync(Session session, DateTimeOffset before) =>
        session.QueryAsync<MediaKey>("SELECT DISTINCT media FROM media_subjects WHERE stored_at <= @before", new { before = before.ToUnixTimeMilliseconds() });

    internal static string NameOf(MediaKind kind) => UpperCase().Replace(kind.ToString(), "-$0").ToLower(CultureInfo.InvariantCulture);

    private static MediaKind? KindOf(string name) =>
        Enum.TryParse<MediaKind>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var kind) ? kind : null;

    private static Task<int> AddGroupsAsync(Session session, MediaKey media) =>
        session.ExecuteAsync(
            """
            INSERT INTO media_subjects (media, kind, group_id, stored_at)
            SELECT DISTINCT s.media, s.kind, COALESCE(ph.group_id, p.group_id), s.stored_at FROM media_subjects s
            LEFT JOIN photos ph ON ph.id = s.photo_id LEFT JOIN persons p ON p.id = s.person_id
            WHERE s.media = @media AND COALESCE(ph.group_id, p.group_id) IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM media_subjects o WHERE o.media = @media AND o.group_id = COALESCE(ph.group_id, p.group_id))
            """,
            new { media = media.Value });

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex UpperCase();

    private sealed record Row
    {
        public string Kind { get; init; } = "";

        public string? GroupId { get; init; }

        public string? PhotoId { get; init; }

        public string? FaceId { get; init; }

        public string? PersonId { get; init; }

        public string? ParticipantId { get; init; }
    }
}
