using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>What a file shows, and for whom it was made. Every stored file has them.</summary>
public sealed record Subjects
{
    private Subjects(MediaKind kind) => Kind = kind;

    public MediaKind Kind { get; }

    /// <summary>The groups whose photos or persons it shows.</summary>
    public IReadOnlyCollection<GroupId> Groups { get; init; } = [];

    public IReadOnlyCollection<PhotoId> Photos { get; init; } = [];

    /// <summary>The faces that it shows in particular; of a whole group photo none.</summary>
    public IReadOnlyCollection<FaceId> Faces { get; init; } = [];

    /// <summary>The persons whom it shows or names in particular; of a whole group photo nobody.</summary>
    public IReadOnlyCollection<PersonId> Persons { get; init; } = [];

    /// <summary>The participant for whom it was made, or who sent it; null: nobody in particular.</summary>
    public ParticipantId? MadeFor { get; init; }

    /// <summary>A photo of a group as it was received. The photo's id is that of the file.</summary>
    public static Subjects GroupPhoto(GroupId group) => new(MediaKind.GroupPhoto) { Groups = [group] };

    /// <summary>A face of a group photo.</summary>
    public static Subjects FaceCrop(PhotoId photo, FaceId face) => new(MediaKind.FaceCrop) { Photos = [photo], Faces = [face] };

    /// <summary>A face of a group photo with its surroundings.</summary>
    public static Subjects FaceZoomIn(PhotoId photo, FaceId face) => new(MediaKind.FaceZoomIn) { Photos = [photo], Faces = [face] };

    /// <summary>A group photo as it is sent to all its recipients.</summary>
    public static Subjects Delivery(PhotoId photo) => new(MediaKind.Delivery) { Photos = [photo] };

    /// <summary>A delivered photo with boxes.</summary>
    /// <param name="faces">The faces in boxes.</param>
    /// <param name="persons">The persons in boxes.</param>
    public static Subjects Why(ParticipantId to, PhotoId photo, IEnumerable<FaceId> faces, IEnumerable<PersonId> persons) =>
        new(MediaKind.Why) { MadeFor = to, Photos = [photo], Faces = [.. faces], Persons = [.. persons] };

    /// <summary>A delivered photo with numbers.</summary>
    /// <param name="faces">The numbered faces.</param>
    /// <param name="persons">The numbered persons.</param>
    public static Subjects WhichChild(ParticipantId to, PhotoId photo, IEnumerable<FaceId> faces, IEnumerable<PersonId> persons) =>
        new(MediaKind.WhichChild) { MadeFor = to, Photos = [photo], Faces = [.. faces], Persons = [.. persons] };

    /// <summary>A file that somebody sent in a chat. When it is used to learn a person, the person is added.</summary>
    public static Subjects ChatUpload(ParticipantId from) => new(MediaKind.ChatUpload) { MadeFor = from };

    /// <param name="person">The person who gets more photos; null: not registered yet.</param>
    public static Subjects RegistrationPicture(ParticipantId to, PersonId? person) =>
        new(MediaKind.RegistrationPicture) { MadeFor = to, Persons = person is { } known ? [known] : [] };

    public static Subjects LearnedFace(PersonId person) => new(MediaKind.LearnedFace) { Persons = [person] };

    public static Subjects HeldCrop(PersonId person, FaceId face) => new(MediaKind.HeldCrop) { Persons = [person], Faces = [face] };

    /// <param name="like">The registered person whose face is beside the held one; null: the person's own, or none.</param>
    public static Subjects HeldPair(PersonId person, FaceId face, PersonId? like) =>
        new(MediaKind.HeldPair) { Persons = like is { } other ? [person, other] : [person], Faces = [face] };

    public static Subjects QuestionPicture(ParticipantId to, PhotoId photo, FaceId face) =>
        new(MediaKind.QuestionPicture) { MadeFor = to, Photos = [photo], Faces = [face] };

    /// <param name="persons">Everybody whom the file names.</param>
    public static Subjects Export(ParticipantId to, IEnumerable<PersonId> persons) => new(MediaKind.Export) { MadeFor = to, Persons = [.. persons] };

    public static Subjects ExportedFace(ParticipantId to, PersonId person) => new(MediaKind.ExportedFace) { MadeFor = to, Persons = [person] };

    /// <summary>As they are read back.</summary>
    internal static Subjects Stored(MediaKind kind) => new(kind);
}
