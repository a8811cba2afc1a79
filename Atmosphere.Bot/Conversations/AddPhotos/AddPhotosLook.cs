using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.AddPhotos;

/// <summary>Looks at the photos one after the other, and says in the machine's words what it saw.</summary>
internal sealed class AddPhotosLook(IEnrolmentPhotos photos, IMorePhotos more, CancellationToken cancellation)
{
    /// <summary>Takes the photo that waits longest.</summary>
    public async Task<AddPhotosTrigger> LookAtNextAsync(AddPhotosTurn turn)
    {
        var next = turn.Draft.Waiting[0];
        turn.Draft.Waiting.RemoveAt(0);
        turn.Problem = "connect-person.no-face";
        var faces = await FindFacesAsync(turn, next);
        turn.Draft.Current = next with { Faces = faces, Chosen = faces.Count == 1 ? 0 : null };
        return faces.Count switch
        {
            0 => AddPhotosTrigger.PoorPhoto,
            1 => await JudgeAsync(turn),
            _ => AddPhotosTrigger.SeveralFaces,
        };
    }

    /// <summary>Whether the chosen face of the current photo can be learned.</summary>
    public async Task<AddPhotosTrigger> JudgeAsync(AddPhotosTurn turn)
    {
        var photo = turn.Draft.Current!;
        var face = photo.Faces[photo.Chosen!.Value];
        if (face.Problem is { } problem)
        {
            turn.Problem = problem switch
            {
                FaceProblem.TooSmall => "connect-person.too-small",
                FaceProblem.Blurred => "connect-person.blurred",
                _ => "connect-person.turned-away",
            };
            return AddPhotosTrigger.PoorPhoto;
        }

        switch (await more.CompareAsync(new PersonId(turn.Draft.Person!), new EnrolmentPhoto(photo.Media, face.Box), cancellation))
        {
            case Likeness.Same:
                return AddPhotosTrigger.GoodFace;
            case Likeness.SomebodyElse:
                turn.Problem = "add-photos.somebody-else";
                return AddPhotosTrigger.PoorPhoto;
            default:
                return AddPhotosTrigger.Unlike;
        }
    }

    private async Task<IReadOnlyList<CheckedFace>> FindFacesAsync(AddPhotosTurn turn, AddedPhoto photo)
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
