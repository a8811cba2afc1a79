using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Exports from the database.</summary>
internal sealed class Exports(TimeProvider clock) : IExports
{
    private const string You = "you";

    private static readonly TimeSpan _rest = TimeSpan.FromDays(1);

    public async Task<ParticipantExport?> FindAsync(Session session, ParticipantId participant)
    {
        if (!await ParticipantTable.MayExportAsync(session, participant, clock.GetUtcNow() - _rest))
            return null;

        var sections = await ExportedRows.FindAsync(session, participant);
        var portraits = await PersonTable.PortraitsAsync(session, participant);
        var photos = await PersonDeliveries.SentAsync(session, participant);
        return new ParticipantExport(
            sections[You].Single(),
            sections.Where(section => section.Key != You).ToDictionary(),
            [.. portraits.Select(portrait => new ExportedPortrait(portrait.Id, portrait.Name, portrait.Portrait))],
            [.. photos.Select(photo => new ExportedPhoto(DateTimeOffset.FromUnixTimeMilliseconds(photo.SentAt), photo.Name, photo.Media))],
            await Guardianships.PersonsAsync(session, participant));
    }

    public Task DoneAsync(Session session, ParticipantId participant) => ParticipantTable.ExportedAsync(session, participant, clock.GetUtcNow());
}
