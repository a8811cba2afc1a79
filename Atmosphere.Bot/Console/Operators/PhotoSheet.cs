using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Storage;
using Spectre.Console;

namespace Atmosphere.Bot.Console.Operators;

/// <summary>Prints photos for operators: ids, never names.</summary>
internal static class PhotoSheet
{
    private const int WidthOfErrors = 150;
    private const int WidthOfNumbers = 105;

    /// <summary>Ids must be copyable as a whole: on a narrow terminal other columns move below them or are left to 'photos show'.</summary>
    public static void Print(Terminal terminal, IReadOnlyList<PhotoEntry> photos)
    {
        var width = terminal.Out.Profile.Width;
        if (width < WidthOfNumbers)
        {
            terminal.Out.Write(Sheet.Rows(["id", "state", "#faces", "received", "group"], photos, photo =>
                [photo.Id, photo.State, photo.Faces, Sheet.Time(photo.ReceivedAt)[..^4], photo.GroupId]));
        }
        else
        {
            var errors = width >= WidthOfErrors;
            terminal.Out.Write(Sheet.Rows(
                ["id", "group", "state", "received", "#faces", "#named", "#sent", .. errors ? ["error"] : Array.Empty<string>()],
                photos,
                photo =>
                [
                    photo.Id, photo.GroupId, photo.State, Sheet.Time(photo.ReceivedAt), photo.Faces, photo.Named,
                    Sheet.Say($"{photo.Sent} of {photo.Deliveries}"), .. errors ? [Error(photo)] : Array.Empty<object?>(),
                ]));
        }

        foreach (var photo in photos.Where(photo => photo.Error is not null && width < WidthOfErrors))
            terminal.Line(Sheet.Say($"{photo.Id}: {Error(photo)}"));
    }

    private static string? Error(PhotoEntry photo) => photo.Error is null ? null : Sheet.Short(photo.Error);

    public static void Print(Terminal terminal, PhotoHistory story)
    {
        var photo = story.Photo;
        Sheet.Facts(
            terminal,
            ("id", photo.Id),
            ("group", photo.GroupId),
            ("state", photo.State),
            ("error", photo.Error),
            ("received", Sheet.Time(photo.ReceivedAt)),
            ("decided", photo.DecidedAt is { } decided ? Sheet.Time(decided) : null),
            ("size", story.Width is null ? null : Sheet.Say($"{story.Width} x {story.Height} pixels")),
            ("file", story.HasFile ? "there" : "gone"),
            ("EXIF", story.HasExif));
        Part(terminal, "Steps", story.Steps, Sheet.Table("step", "outcome", "ended", "error"), (table, step) =>
            table.Row(step.Step, step.Outcome, Sheet.Time(step.EndedAt), step.Error is null ? null : Sheet.Short(step.Error)));
        Part(terminal, "Faces, from the left", story.Faces, Sheet.Table("id", "verdict", "person", "#similarity"), (table, face) =>
            table.Row(face.Id, face.Verdict, face.PersonId, face.PersonId is null ? null : Sheet.Say($"{face.Similarity:0.0}")));
        Part(terminal, "Deliveries", story.Deliveries, Sheet.Table("id", "participant", "state", "sent", "error"), (table, delivery) =>
            table.Row(delivery.Id, delivery.ParticipantId, delivery.State, delivery.SentAt is { } sent ? Sheet.Time(sent) : null, delivery.Error is null ? null : Sheet.Short(delivery.Error)));
        Part(terminal, "Notifications", story.Notifications, Sheet.Table("kind", "time", "text"), (table, notification) =>
            table.Row(notification.Kind, Sheet.Time(notification.CreatedAt), notification.Text));
        Part(terminal, "Dead letters", story.DeadLetters, Sheet.Table("id", "queue", "message", "died", "reason"), (table, letter) =>
            table.Row(letter.Id, letter.Queue, letter.ShortType, Sheet.Time(letter.DiedAt), Sheet.Short(letter.Reason)));
    }

    public static object Json(PhotoEntry photo) => new
    {
        Id = photo.Id.Value,
        Group = photo.GroupId.Value,
        photo.State,
        ReceivedAt = Time(photo.ReceivedAt),
        DecidedAt = Time(photo.DecidedAt),
        photo.Faces,
        photo.Named,
        photo.Deliveries,
        photo.Sent,
        photo.Error,
    };

    public static object Json(PhotoHistory story) => new
    {
        Photo = Json(story.Photo),
        story.Width,
        story.Height,
        story.HasFile,
        story.HasExif,
        Steps = story.Steps.Select(step => new { step.Step, step.Outcome, step.Error, EndedAt = Time(step.EndedAt) }),
        Faces = story.Faces.Select(face => new { Id = face.Id.Value, face.Verdict, Person = face.PersonId?.Value, face.Similarity }),
        Deliveries = story.Deliveries.Select(delivery =>
            new { Id = delivery.Id.Value, Participant = delivery.ParticipantId.Value, delivery.State, delivery.Error, SentAt = Time(delivery.SentAt) }),
        Notifications = story.Notifications.Select(Json),
        DeadLetters = story.DeadLetters.Select(letter => new { letter.Id, letter.Queue, Message = letter.ShortType, letter.Reason, DiedAt = Time(letter.DiedAt) }),
    };

    public static object Json(NotificationEntry notification) =>
        new { notification.Kind, Photo = notification.PhotoId.Value, notification.Text, CreatedAt = Time(notification.CreatedAt) };

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    private static void Part<T>(Terminal terminal, string title, IReadOnlyList<T> rows, Table table, Action<Table, T> add)
    {
        if (rows.Count == 0)
            return;
        Sheet.Title(terminal, title);
        foreach (var row in rows)
            add(table, row);
        terminal.Out.Write(table);
    }
}
