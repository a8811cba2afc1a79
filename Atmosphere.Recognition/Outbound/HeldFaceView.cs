using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Outbound;

/// <summary>A held face as colleagues see it. Contains names: never log or queue it.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Name">Whose face it is said to be.</param>
/// <param name="GroupName">Name of the group.</param>
/// <param name="Picture">The channel's id of the picture: the known face on the left, the others on the right.</param>
public sealed record HeldFaceView(FaceId Face, HeldFaceKind Kind, string Name, string GroupName, string Picture)
{
    private const string Prefix = "held-";

    /// <summary>The id under which the channel finds the post, as it finds those of questions.</summary>
    public QuestionId Id => IdOf(Face);

    public static QuestionId IdOf(FaceId face) => new($"{Prefix}{face}");

    /// <summary>The held face of an id; null: it is a question's.</summary>
    public static FaceId? FaceOf(QuestionId id) => id.Value.StartsWith(Prefix, StringComparison.Ordinal) ? new FaceId(id.Value[Prefix.Length..]) : null;
}

public enum HeldFaceKind
{
    /// <summary>A guardian says that the face is the learned person's.</summary>
    Person,

    /// <summary>The registered person on the left looks like the one who is being registered.</summary>
    Registration,

    /// <summary>The person's first matches.</summary>
    Matches,
}
