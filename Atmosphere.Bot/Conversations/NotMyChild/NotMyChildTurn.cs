using System.Globalization;
using System.Text.Json.Serialization;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.NotMyChild;

/// <summary>The persistent state: the photo in question.</summary>
internal sealed class NotMyChildDraft
{
    [JsonConverter(typeof(JsonStringEnumConverter<NotMyChildState>))]
    public NotMyChildState State { get; set; }

    /// <summary>Id of the photo.</summary>
    public string Photo { get; set; } = "";

    /// <summary>Ids of the faces, in the order of their numbers.</summary>
    public List<string> Faces { get; init; } = [];

    /// <summary>The photo with the numbers.</summary>
    public string? Picture { get; set; }
}

/// <summary>The actions of <see cref="NotMyChildMachine"/>.</summary>
internal sealed class NotMyChildTurn(NotMyChildDraft draft, Turn turn, IDeliveredPhotos photos, IMediaStore media, CancellationToken cancellation)
{
    public NotMyChildDraft Draft => draft;

    /// <summary>The photo's current state; null if it is gone.</summary>
    public DeliveredPhoto? Photo { get; init; }

    /// <summary>True if colleagues are asked to check.</summary>
    public bool IsChecked { get; init; }

    /// <summary>The face that is said to be another child's.</summary>
    public NamedFace? Chosen { get; set; }

    public void SayHelp() => turn.Speech.Say("common.help");

    public void SayNoPhoto() => turn.Speech.Say("not-my-child.no-photo");

    public void SayNothingChanged() => turn.Speech.Say("not-my-child.nothing-changed");

    public void SayNumberPlease() => turn.Speech.Say("connect-person.number-please", ("count", Count(draft.Faces.Count)));

    public async Task AskWhichAsync()
    {
        if (draft.Picture is null && await photos.DrawAsync(Photo!, cancellation) is { } drawn)
        {
            var subjects = Subjects.WhichChild(turn.Participant.Id, Photo!.Photo, Photo.Faces.Select(face => face.Face), Photo.Faces.Select(face => face.Person));
            draft.Picture = (await media.PutAsync(MediaBucket.Training, drawn, "image/jpeg", subjects, cancellation)).Value;
        }

        draft.Photo = Photo!.Photo.Value;
        if (draft.Faces.Count == 0)
            draft.Faces.AddRange(Photo.Faces.Select(face => face.Face.Value));
        var names = string.Join(", ", Photo.Faces.Select(face => $"{draft.Faces.IndexOf(face.Face.Value) + 1} {face.Name}"));
        if (draft.Picture is { } picture)
            turn.Speech.AskNumber("not-my-child.which", draft.Faces.Count, new MediaKey(picture), ("names", names));
        else
            turn.Speech.AskChoice("not-my-child.which", Speech.NumbersTo(draft.Faces.Count), [Word.None, Word.Cancel], ("names", names));
    }

    public void Refuse()
    {
        var face = Chosen!;
        turn.Change((session, _) => photos.RefuseAsync(session, turn.Participant.Id, face));
        turn.Speech.Say(IsChecked ? "not-my-child.done-and-told" : "not-my-child.done", ("name", face.Name));
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
