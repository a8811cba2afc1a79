using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.Export;

/// <summary>Sends users their stored data as a file with pictures, once a day.</summary>
internal sealed class ExportConversation(IExports exports, Database database, IMediaStore media) : IConversation
{
    private const int MostPhotos = 20;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Name => "export";

    public bool Begins(Turn turn) => turn.Word == Word.Export;

    public bool IsAskedFor(Turn turn) => Begins(turn);

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        turn.State = null;
        var export = await database.ReadAsync(session => exports.FindAsync(session, turn.Participant.Id), cancellation);
        if (export is null)
        {
            turn.Speech.Say("export.once-a-day");
            return;
        }

        var content = new Dictionary<string, object> { ["you"] = export.You };
        foreach (var (section, rows) in export.Sections)
            content[section] = rows;
        var file = await media.PutAsync(MediaBucket.Outbound, JsonSerializer.SerializeToUtf8Bytes(content, _json), "application/json", Subjects.Export(turn.Participant.Id, export.Persons), cancellation);
        turn.Keep([file]);
        turn.Say(new Reply(turn.Speech.Text("export.here"), []) { File = new ReplyFile(file, "atmosphere.json", "application/json") });
        foreach (var portrait in export.Portraits)
        {
            if (await CopyAsync(turn, portrait, cancellation) is { } copy)
                turn.Say(new Reply(turn.Speech.Text("export.portrait", ("name", portrait.Name)), [], copy));
        }

        foreach (var photo in export.Photos.Where(photo => photo.Media is not null).Take(MostPhotos))
        {
            var date = photo.SentAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            turn.Say(new Reply(turn.Speech.Text("export.photo", ("date", date)), [], photo.Media));
        }

        turn.Change((session, _) => exports.DoneAsync(session, turn.Participant.Id));
    }

    /// <summary>Theirs, like the file: they may see it even after they left the group, for as long as they are a guardian.</summary>
    /// <returns>Null if the face was deleted meanwhile.</returns>
    private async Task<MediaKey?> CopyAsync(Turn turn, ExportedPortrait portrait, CancellationToken cancellation)
    {
        try
        {
            var bytes = await media.GetAsync(portrait.Media, cancellation);
            var copy = await media.PutAsync(MediaBucket.Outbound, bytes, "image/jpeg", Subjects.ExportedFace(turn.Participant.Id, portrait.Person), cancellation);
            turn.Keep([copy]);
            return copy;
        }
        catch (MediaNotFoundException)
        {
            return null;
        }
    }
}
