using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
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
        if (await PersonTable.NameAsync(session, person) is not { } name || await PersonTable.GroupAsync(session, person) is not { } group)
            return null;

        var faces = await ErasureTable.PhotoFacesAsync(session, erasure);
        var ids = faces.Select(face => face.FaceId).ToList();
        var enrolment = (await PersonTable.PhotosAsync(session, person)).Select(photo => photo.Media);
        return new PersonTraces
        {
            Person = person,
            Group = group,
            Name = name,
            Guardians = await Guardianships.WhoKnowsAsync(session, person),
            Faces = faces,
            Files =
            [
                .. await FaceTable.FilesAsync(session, ids),
                .. enrolment,
                .. await HeldFaceTable.FilesAsync(session, person),
                .. await PersonDeliveries.FilesAsync(session, person),
                .. await PersonTable.PortraitAsync(session, person) is { } portrait ? new[] { portrait } : [],
            ],
            Posts = await ColleaguePictures.OfFacesAsync(session, ids),
            Questions = await ErasedQuestions.PostsAsync(session, person, faces),
        };
    }
}
