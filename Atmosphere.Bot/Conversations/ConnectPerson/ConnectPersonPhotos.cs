using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>Looks at the photos of a draft one after the other, and says in the machine's words what it saw.</summary>
internal sealed class ConnectPersonPhotos(IEnrolmentPhotos photos, CancellationToken cancellation)
{
    /// <summary>Takes the photo that waits longest.</summary>
    public async Task<ConnectTrigger> LookAtNextAsync(ConnectPersonTurn turn)
    {
        var next = turn.Draft.Waiting[0];
        turn.Draft.Waiting.RemoveAt(0);
        turn.Problem = "connect-person.no-face";
        turn.ProblemFile = next.Name;
        var faces = await FindFacesAsync(turn, next);
        turn.Draft.Current = new PhotoInQuestion(next.Media, next.Name, faces, faces.Count == 1 ? 0 : null);
        return faces.Count switch
        {
            0 => ConnectTrigger.PoorPhoto,
            1 => await JudgeAsync(turn),
            _ => ConnectTrigger.SeveralFaces,
        };
    }

    /// <summary>Whether the chosen face of the current photo can be learned.</summary>
    public async Task<ConnectTrigger> JudgeAsync(ConnectPersonTurn turn)
    {
        var photo = turn.Draft.Current!;
        turn.ProblemFile = photo.Name;
        if (photo.Faces[photo.Chosen!.Value].Problem is { } problem)
        {
            turn.Problem = problem switch
            {
                FaceProblem.TooSmall => "connect-person.too-small",
                FaceProblem.Blurred => "connect-person.blurred",
                _ => "connect-person.turned-away",
            };
            return ConnectTrigger.PoorPhoto;
        }

        var isSomebodyElse = await photos.IsSomebodyElseAsync(photo.ToEnrolmentPhoto(), turn.Draft.Photos, cancellation);
        return isSomebodyElse ? ConnectTrigger.OtherPerson : ConnectTrigger.GoodFace;
    }

    /// <summary>Whether the face that the parent confirmed is the face of somebody registered, as far as can be seen.</summary>
    public async Task<ConnectTrigger> CompareAsync(ConnectPersonTurn turn, IReadOnlyList<RegisteredPerson> children)
    {
        (turn.Draft.Resembles, turn.Draft.IsLookAlike) = (null, false);
        if (await photos.FindLookAlikeAsync(new GroupId(turn.Draft.Group!), turn.Draft.Photos, cancellation) is not { } like)
            return ConnectTrigger.Yes;
        turn.Draft.Resembles = children.FirstOrDefault(child => child.Person == like)?.Name ?? "";
        return ConnectTrigger.LookAlike;
    }

    private async Task<IReadOnlyList<CheckedFace>> FindFacesAsync(ConnectPersonTurn turn, WaitingPhoto photo)
    {
        try
        {
            return (await photos.CheckAsync(photo.Media, photo.Name, cancellation)).Faces;
        }
        catch (PhotoRefusedException refused)
        {
            turn.Problem = FileSentences.Of(refused.Refusal);
        }
        catch (MediaNotFoundException)
        {
            turn.Problem = FileSentences.Of(FileFailure.Missing);
        }

        return [];
    }
}
