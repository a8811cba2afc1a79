using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Operations;

/// <summary>Shows photos to operators, and restarts failed ones. Works beside a running server.</summary>
public sealed class OperatorPhotos
{
    private readonly Database _database;
    private readonly IMediaStore _media;
    private readonly DeadLetters _deadLetters;
    private readonly IOutbox _outbox;
    private readonly RestartPhoto _secondStart;

    internal OperatorPhotos(Database database, IMediaStore media, DeadLetters deadLetters, IOutbox outbox, RestartPhoto secondStart) =>
        (_database, _media, _deadLetters, _outbox, _secondStart) = (database, media, deadLetters, outbox, secondStart);

    /// <summary>The latest photos, newest first.</summary>
    /// <param name="state">Only this state; null: any.</param>
    /// <param name="group">Only this group; null: all.</param>
    /// <param name="limit">Maximum number.</param>
    public Task<IReadOnlyList<PhotoEntry>> ListAsync(PhotoState? state, GroupId? group, int limit, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => OperatorPhotoTable.ListAsync(session, state, group, limit), cancellation);

    /// <summary>The photos in a state that have not expired, in the order of receipt.</summary>
    public Task<IReadOnlyList<PhotoId>> InStateAsync(PhotoState state, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => OperatorPhotoTable.IdsAsync(session, state), cancellation);

    /// <summary>Operator notifications, newest first.</summary>
    public Task<IReadOnlyList<NotificationEntry>> NotificationsAsync(int limit, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => OperatorPhotoTable.NotificationsAsync(session, null, limit), cancellation);

    /// <summary>The history of a photo; null if there is none.</summary>
    public async Task<PhotoHistory?> FindAsync(PhotoId photo, CancellationToken cancellation = default)
    {
        var story = await _database.ReadAsync(session => ReadAsync(session, photo), cancellation);
        if (story is not { } found)
            return null;

        var letters = await _deadLetters.MentioningAsync(
            [photo.Value, .. found.Story.Faces.Select(face => face.Id.Value), .. found.Story.Deliveries.Select(delivery => delivery.Id.Value)], cancellation);
        var hasFile = found.File is { } file && await _media.ExistsAsync(file, cancellation);
        return found.Story with { HasFile = hasFile, DeadLetters = letters };
    }

    /// <summary>
    /// Restarts a failed or degraded photo at face-recognition: its results are deleted, and photos already delivered are not delivered
    /// again.
    /// </summary>
    /// <exception cref="ReplayRefusedException">There is no such photo, it needs no restart, or its file is gone.</exception>
    public async Task RetryAsync(PhotoId photo, CancellationToken cancellation = default)
    {
        var effects = await _secondStart.PlanAsync(photo, cancellation);
        await _database.WriteAsync(session => effects.ApplyAsync(session, _outbox), cancellation);
        await effects.FinishAsync();
    }

    private static async Task<(PhotoHistory Story, MediaKey? File)?> ReadAsync(Session session, PhotoId photo)
    {
        if (await OperatorPhotoTable.FindAsync(session, photo) is not { } entry || await OperatorPhotoTable.FileAsync(session, photo) is not { } file)
            return null;
        var story = new PhotoHistory(
            entry,
            file.Width,
            file.Height,
            false,
            file.Exif > 0,
            await OperatorPhotoTable.StepsAsync(session, photo),
            await OperatorPhotoTable.FacesAsync(session, photo),
            await OperatorPhotoTable.DeliveriesAsync(session, photo),
            [.. (await OperatorPhotoTable.NotificationsAsync(session, photo, int.MaxValue)).Reverse()],
            []);
        return (story, file.Media);
    }
}
