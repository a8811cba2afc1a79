using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Photos;

/// <summary>Records photos that are refused before anything of them is stored, so that operators see them and their uploader is told.</summary>
public sealed class RefusedPhotos
{
    // The step that would have made the photo.
    private const string Step = "IntakeGroupMessage";

    private readonly Database _database;
    private readonly FailedPhotos _failed;
    private readonly IOutbox _outbox;
    private readonly TimeProvider _clock;

    internal RefusedPhotos(IServiceProvider services) => (_database, _failed, _outbox, _clock) = (
        services.GetRequiredService<Database>(), services.GetRequiredService<FailedPhotos>(), services.GetRequiredService<IOutbox>(), services.GetRequiredService<TimeProvider>());

    /// <summary>Adds the photo as failed; a repeated source id has no second effect.</summary>
    public Task AddAsync(GroupId group, string sourceId, string fileName, ParticipantId? uploader, PhotoRefusedException refused, CancellationToken cancellation) => _database.WriteAsync(
        async session =>
        {
            var photo = new NewPhoto(PhotoId.New(), group, sourceId, null, fileName) { Uploader = uploader };
            var now = _clock.GetUtcNow();
            if (await GroupTable.IsActiveAsync(session, group) && await InboxTable.AddRefusedAsync(session, group, sourceId, photo.Id, now)
                && await PhotoTable.AddAsync(session, photo, now))
            {
                await _failed.Refused(photo.Id, Step, refused).ApplyAsync(session, _outbox);
            }
        },
        cancellation);
}
