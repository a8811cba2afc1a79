using System.Globalization;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations;

/// <summary>Explains why a photo was sent: shows it with a box around each of the parent's own children and their similarity.</summary>
internal sealed class WhyConversation(Database database, IDeliveredPhotos photos, IMediaStore media) : IConversation
{
    public string Name => "why";

    public bool Begins(Turn turn) => turn.Word == Word.Why;

    public bool Interrupts(Turn turn) => turn.IsAside && turn.Files.Count == 0 && Begins(turn);

    public bool AsksAgain => true;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var photo = await database.ReadAsync(session => photos.FindAsync(session, turn.Participant.Id, turn.Incoming.ReplyTo), cancellation);
        if (photo is null)
        {
            turn.Speech.Say("why.no-photo");
            return;
        }

        var drawn = photo.Faces.Count == 0 ? null : await photos.DrawAsync(photo, cancellation);
        if (drawn is null)
        {
            turn.Speech.Say(photo.Faces.Count == 0 ? "why.nobody" : "why.no-photo");
            return;
        }

        var posted = TimeZoneInfo.ConvertTime(photo.Received, TimeZoneInfo.FindSystemTimeZoneById(photo.TimeZone));
        turn.Speech.Say("why.because", ("date", posted.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)));
        foreach (var (index, face) in photo.Faces.Index())
        {
            var similarity = Math.Floor(face.Similarity).ToString(CultureInfo.InvariantCulture);
            turn.Speech.Line("why.child", ("number", (index + 1).ToString(CultureInfo.InvariantCulture)), ("name", face.Name), ("similarity", similarity));
        }

        turn.Speech.Say("why.wrong");
        var subjects = Subjects.Why(turn.Participant.Id, photo.Photo, photo.Faces.Select(face => face.Face), photo.Faces.Select(face => face.Person));
        var picture = await media.PutAsync(MediaBucket.Training, drawn, "image/jpeg", subjects, cancellation);
        turn.Keep([picture]);
        if (turn.IsAside)
            turn.Say(new Reply(turn.Speech.Text("why.picture"), [], picture));
        else
            turn.Speech.Ask("common.menu", [Word.NotMyChild, Word.MyChildren, Word.Help], picture);
    }
}
