using Atmosphere.Bot.Conversations.Photos;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>Compares the photos of a draft with each other and with registered persons, and returns the result as a trigger.</summary>
internal sealed class ConnectPersonPhotos(IEnrolmentPhotos photos, CancellationToken cancellation)
{
    /// <summary>Whether the face can be learned, and is the same as in the earlier photos.</summary>
    public async Task<ConnectTrigger> JudgeAsync(ConnectPersonTurn turn, PhotoLook look) => look switch
    {
        PhotoLook.Poor => ConnectTrigger.PoorPhoto,
        PhotoLook.Several => ConnectTrigger.SeveralFaces,
        _ when await photos.IsSomebodyElseAsync(turn.Draft.Current!.ToEnrolmentPhoto(), turn.Draft.Photos, cancellation) => ConnectTrigger.OtherPerson,
        _ => ConnectTrigger.GoodFace,
    };

    /// <summary>
    /// Whether the confirmed face resembles another child of the parent. The parent is not asked about another family's: that would tell that
    /// the face is known.
    /// </summary>
    public async Task<ConnectTrigger> CompareAsync(ConnectPersonTurn turn, IReadOnlyList<RegisteredPerson> children)
    {
        (turn.Draft.Resembles, turn.Draft.IsLookAlike) = (null, false);
        if (await photos.FindLookAlikeAsync(new GroupId(turn.Draft.Group!), turn.Draft.Photos, cancellation) is not { } like
            || children.FirstOrDefault(child => child.Person == like) is not { } own)
            return ConnectTrigger.Yes;
        turn.Draft.Resembles = own.Name;
        return ConnectTrigger.LookAlike;
    }
}
