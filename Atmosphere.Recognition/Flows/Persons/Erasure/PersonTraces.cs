using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>The data of a person in recognition's tables.</summary>
internal sealed record PersonTraces
{
    public PersonId Person { get; init; }

    public GroupId Group { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The participants whose chats may contain the name: guardians and both sides of requests about the person.</summary>
    public IReadOnlyList<ParticipantId> Guardians { get; init; } = [];

    /// <summary>The faces in photos to delete with the person.</summary>
    public IReadOnlyList<FaceInPhoto> Faces { get; init; } = [];

    /// <summary>The files that show or name the person in particular, and pictures that nobody else may see.</summary>
    public IReadOnlyList<MediaKey> Files { get; init; } = [];

    /// <summary>The channel's ids of pictures shown to colleagues.</summary>
    public IReadOnlyList<string> Posts { get; init; } = [];

    /// <summary>Posts that name the person or ask about the faces, with their new content.</summary>
    public IReadOnlyList<(ColleaguePost Post, QuestionView View)> Questions { get; init; } = [];

    /// <summary>Posts about held faces that name the person.</summary>
    public IReadOnlyList<HeldFacePost> HeldPosts { get; init; } = [];

    /// <summary>The ids of learned faces, from the log: the engine has deleted them by now.</summary>
    public IReadOnlyList<string> Learned { get; init; } = [];

    /// <summary>The ids that messages may contain.</summary>
    public IReadOnlyCollection<string> Ids => [Person.Value, .. Faces.Select(face => face.FaceId.Value)];

    /// <returns>Null if the person is gone.</returns>
    public static async Task<PersonTraces?> FindAsync(Session session, ErasureId erasure, PersonId person)
    {
        if (await PersonTable.NameAsync(session, person) is not { } name || await PersonTable.GroupAsync(session, person) is not { } group)
            return null;

        var faces = await ErasureTable.PhotoFacesAsync(session, erasure);
        var ids = faces.Select(face => face.FaceId).ToList();
        return new PersonTraces
        {
            Person = person,
            Group = group,
            Name = name,
            Guardians = await Guardianships.WhoKnowsAsync(session, person),
            Faces = faces,
            Files = [.. await FilesAsync(session, person, faces)],
            Posts = [.. await ColleaguePictures.OfFacesAsync(session, ids), .. await ColleaguePictures.OfHeldAsync(session, person)],
            HeldPosts = await HeldFacePosts.OfPersonAsync(session, person),
            Questions = await ErasedQuestions.PostsAsync(session, person, faces),
        };
    }

    /// <summary>By subject, and by the rows that name files.</summary>
    private static async Task<IReadOnlySet<MediaKey>> FilesAsync(Session session, PersonId person, IReadOnlyList<FaceInPhoto> faces)
    {
        var ids = faces.Select(face => face.FaceId).ToList();
        HashSet<MediaKey> files =
        [
            .. await MediaSubjectTable.OfAsync(session, person, ids),
            .. await FaceTable.FilesAsync(session, ids),
            .. (await EnrolmentPhotoTable.PhotosAsync(session, person)).Select(photo => photo.Media),
            .. await HeldFaceTable.FilesAsync(session, person),
            .. await PersonDeliveries.FilesAsync(session, person),
            .. await PersonTable.PortraitAsync(session, person) is { } portrait ? new[] { portrait } : [],
        ];
        foreach (var photo in faces.Select(face => face.PhotoId).Distinct())
            files.UnionWith(await PictureRights.UnseenAsync(session, photo));
        return files;
    }
}
