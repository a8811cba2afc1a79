using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>What there is of a person in recognition's tables.</summary>
internal sealed record PersonTraces
{
    public PersonId Person { get; init; }

    public GroupId Group { get; init; }

    public string Name { get; init; } = "";

    /// <summary>In whose chats the name may be: guardians, and whoever was asked, or asked, about the person.</summary>
    public IReadOnlyList<ParticipantId> Guardians { get; init; } = [];

    /// <summary>The faces in photos that are deleted with the person.</summary>
    public IReadOnlyList<FaceInPhoto> Faces { get; init; } = [];

    /// <summary>Pictures that show the person alone, or that only its guardians got.</summary>
    public IReadOnlyList<MediaKey> Files { get; init; } = [];

    /// <summary>Pictures that colleagues were shown: their ids in the channel.</summary>
    public IReadOnlyList<string> Posts { get; init; } = [];

    /// <summary>Posts that name the person or ask about its faces, as they shall be.</summary>
    public IReadOnlyList<(ColleaguePost Post, QuestionView View)> Questions { get; init; } = [];

    /// <summary>The ids of learned faces, from the log: the engine has forgotten them by now.</summary>
    public IReadOnlyList<string> Learned { get; init; } = [];

    /// <summary>What messages could name.</summary>
    public IReadOnlyCollection<string> Ids => [Person.Value, .. Faces.Select(face => face.FaceId.Value)];

    /// <returns>Null where the person is gone.</returns>
    public static async Task<PersonTraces?> FindAsync(Session session, ErasureId erasure, PersonId person)
    {
        var row = await session.QuerySingleOrDefaultAsync<Row>("SELECT name, group_id, portrait FROM persons WHERE id = @person", new { person });
        if (row is null)
            return null;

        var faces = await ErasureTable.PhotoFacesAsync(session, erasure);
        var ids = faces.Select(face => face.FaceId.Value).ToList();
        var pictures = await session.QueryAsync<MediaKey>(
            """
            SELECT rectangle FROM faces WHERE id IN @ids AND rectangle IS NOT NULL
            UNION SELECT zoom_in FROM faces WHERE id IN @ids AND zoom_in IS NOT NULL
            UNION SELECT media FROM enrolment_photos WHERE person_id = @person
            """,
            new { ids, person });
        return new PersonTraces
        {
            Person = person,
            Group = row.GroupId,
            Name = row.Name,
            Guardians = await session.QueryAsync<ParticipantId>(
                """
                SELECT participant_id FROM guardians WHERE person_id = @person
                UNION SELECT from_id FROM requests WHERE person_id = @person OR pending_id = @person
                UNION SELECT to_id FROM requests WHERE person_id = @person OR pending_id = @person
                """,
                new { person }),
            Faces = faces,
            Files = [.. pictures, .. await PersonDeliveries.FilesAsync(session, person), .. row.Portrait is { } portrait ? new[] { portrait } : []],
            Posts = await session.QueryAsync<string>("SELECT file_id FROM colleague_pictures WHERE face_id IN @ids", new { ids }),
            Questions = await ErasedQuestions.PostsAsync(session, person, faces),
        };
    }

    private sealed record Row
    {
        public string Name { get; init; } = "";

        public GroupId GroupId { get; init; }

        public MediaKey? Portrait { get; init; }
    }
}
