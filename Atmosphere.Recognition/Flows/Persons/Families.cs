using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Families in the database.</summary>
internal sealed class Families : IFamilies
{
    public async Task<IReadOnlyList<Child>> ChildrenAsync(Session session, ParticipantId participant) =>
        [.. (await FamilyTable.ChildrenAsync(session, participant)).Select(ToChild)];

    private static Child ToChild(ChildRow row) => new(
        row.Id, row.Name, row.GroupName, row.State, row.Role == "owner", DateTimeOffset.FromUnixTimeMilliseconds(row.Since), row.TimeZone,
        row.Confirms == 0 || row.ConfirmedAt is not null, row.Portrait);
}
