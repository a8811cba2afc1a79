using System.Globalization;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.Photos;

/// <summary>The result of checking a photo.</summary>
internal enum PhotoLook
{
    /// <summary>Nothing to learn from; <see cref="PhotoCollector.Problem"/> says why.</summary>
    Poor,

    /// <summary>Several faces: the parent must choose the child's.</summary>
    Several,

    /// <summary>A face that can be learned from, if it is the child's.</summary>
    Usable,
}

/// <summary>Collects photos of one child in a chat: takes files, checks one at a time, and keeps or drops them.</summary>
internal sealed partial class PhotoCollector(
    PhotoDraft draft, Speech speech, ParticipantId parent, IEnrolmentPhotos photos, IMediaStore media, CancellationToken cancellation)
{
    private readonly List<MediaKey> _discarded = [];

    /// <summary>Files to delete after the turn is committed.</summary>
    public IReadOnlyList<MediaKey> Discarded => _discarded;

    /// <summary>Key of the text that says why the photo is not usable.</summary>
    public string Problem { get; set; } = "";

    public bool HasPhoto => draft.Photos.Count > 0;

    /// <summary>Whether the current photo reaches the maximum number.</summary>
    public bool IsLastPhoto => draft.Photos.Count >= PhotoDraft.MostPhotos - 1;

    private (string, string) Name => ("name", draft.Child);

    /// <summary>Drops photos that have expired, for example in a conversation resumed late, so that they are asked for again.</summary>
    /// <returns>True if any have expired.</returns>
    public async Task<bool> DropExpiredAsync()
    {
        var gone = new HashSet<MediaKey>();
        foreach (var key in draft.Media().Except(draft.Pictures))
        {
            if (!await media.ExistsAsync(key, cancellation))
                gone.Add(key);
        }

        if (gone.Count == 0)
            return false;
        draft.Photos.RemoveAll(photo => gone.Contains(photo.Media));
        draft.Waiting.RemoveAll(photo => gone.Contains(photo.Media));
        if (draft.Current is { } current && gone.Contains(current.Media))
            draft.Current = null;
        speech.Say("connect-person.photos-expired");
        return true;
    }

    /// <returns>True if any of the files is a photo that now waits to be checked.</returns>
    public bool Take(IReadOnlyList<ReceivedFile> files)
    {
        var taken = false;
        foreach (var file in files)
        {
            if (file.Photo is not { } photo)
            {
                speech.Say(file.Problem!, ("file", file.Name));
            }
            else if (draft.IsFull)
            {
                _discarded.Add(photo);
                speech.Say("connect-person.too-many-photos", ("file", file.Name));
            }
            else
            {
                draft.Waiting.Add(new WaitingPhoto(photo, file.Name));
                taken = true;
            }
        }

        return taken;
    }

    /// <summary>Checks the photo that has waited longest.</summary>
    public async Task<PhotoLook> LookAtNextAsync()
    {
        var next = draft.Waiting[0];
        draft.Waiting.RemoveAt(0);
        Problem = "connect-person.no-face";
        var faces = await FindFacesAsync(next);
        draft.Current = new PhotoInQuestion(next.Media, next.Name, faces, faces.Count == 1 ? 0 : null);
        return faces.Count switch
        {
            0 => PhotoLook.Poor,
            1 => Judge(faces[0]),
            _ => PhotoLook.Several,
        };
    }

    /// <param name="text">Text with the number of a face.</param>
    /// <returns>Null if it contains no valid number.</returns>
    public PhotoLook? Choose(string text)
    {
        if (Number().Matches(PastedText.Plain(text)) is not [var only] || !int.TryParse(only.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || draft.Current is not { } photo || number < 1 || number > photo.Faces.Count)
            return null;
        draft.Current = photo with { Chosen = number - 1 };
        return Judge(photo.Faces[number - 1]);
    }

    public void SayPhotoWaits() => speech.Say("connect-person.photo-waits");

    public void SayPhotosPlease() => speech.Say("connect-person.photos-please", Name);

    public void SayNumberPlease() => speech.Say("connect-person.number-please", ("count", $"{draft.Current?.Faces.Count}"));

    public void SayProblem()
    {
        speech.Say(Problem, Name, ("file", draft.Current?.Name ?? ""));
        DropCurrent();
    }

    public void Keep()
    {
        if (draft.Current is not { Chosen: not null } photo)
            return;
        draft.Photos.Add(photo.ToEnrolmentPhoto());
        draft.Current = null;
        speech.Say("connect-person.good-photo", Name);
    }

    /// <summary>Drops the photo in question.</summary>
    public void Drop()
    {
        DropCurrent();
        speech.Say("connect-person.photo-dropped");
    }

    /// <summary>Drops the last accepted photo.</summary>
    public void DropLast()
    {
        _discarded.Add(draft.Photos[^1].Media);
        draft.Photos.RemoveAt(draft.Photos.Count - 1);
        Drop();
    }

    public void DropAll()
    {
        _discarded.AddRange(draft.Photos.Select(photo => photo.Media));
        draft.Photos.Clear();
        speech.Say("connect-person.photos-dropped", Name);
    }

    /// <summary>Deletes everything that is left.</summary>
    public void Forget()
    {
        _discarded.AddRange(draft.Media());
        draft.Photos.Clear();
        draft.Waiting.Clear();
        draft.Pictures.Clear();
        draft.Current = null;
    }

    public async Task AskWhichFaceAsync()
    {
        var photo = draft.Current!;
        var boxes = photo.Faces.Select(face => face.Box).ToList();
        var picture = await StoreAsync(await photos.DrawNumbersAsync(new EnrolmentPhoto(photo.Media, boxes[0]), boxes, cancellation));
        speech.AskNumber("connect-person.ask-which-face", photo.Faces.Count, picture, Name, ("count", $"{photo.Faces.Count}"));
    }

    /// <summary>A picture of the face, to ask about it.</summary>
    public async Task<MediaKey> CropAsync(EnrolmentPhoto photo) => await StoreAsync(await photos.CropAsync(photo, cancellation));

    private PhotoLook Judge(CheckedFace face)
    {
        if (face.Problem is not { } problem)
            return PhotoLook.Usable;
        Problem = problem switch
        {
            FaceProblem.TooSmall => "connect-person.too-small",
            FaceProblem.Blurred => "connect-person.blurred",
            _ => "connect-person.turned-away",
        };
        return PhotoLook.Poor;
    }

    private async Task<IReadOnlyList<CheckedFace>> FindFacesAsync(WaitingPhoto photo)
    {
        try
        {
            return (await photos.CheckAsync(photo.Media, photo.Name, cancellation)).Faces;
        }
        catch (PhotoRefusedException refused)
        {
            Problem = FileSentences.Of(refused.Refusal);
        }
        catch (MediaNotFoundException)
        {
            Problem = FileSentences.Of(FileFailure.Missing);
        }

        return [];
    }

    private async Task<MediaKey> StoreAsync(byte[] jpeg)
    {
        var key = await media.PutAsync(MediaBucket.Training, jpeg, "image/jpeg", Subjects.RegistrationPicture(parent, draft.KnownPerson), cancellation);
        draft.Pictures.Add(key);
        return key;
    }

    private void DropCurrent()
    {
        if (draft.Current is { } photo)
            _discarded.Add(photo.Media);
        draft.Current = null;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
