using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>Families in the database.</summary>
internal sealed class Families : IFamilies
{
    public async Task<IReadOnlyList<Child>> ChildrenAsync(Session session, ParticipantId participant) =>
        [.. (await FamilyTable.ChildrenAsync(session, participant)).Select(ToChild)];

    /// <summary>Until a child is confirmed it is listed alike, whether its face is learned or somebody looks at it before.</summary>
    private static Child ToChild(ChildRow row)
    {
        var isConfirmed = row.Confirms == 0 || row.ConfirmedAt is not null;
        var waits = !isConfirmed && row.State is ("connecting" or "connected");
        return new(
            row.Id, row.Name, row.GroupName, waits ? "connected" : row.State, row.Role == "owner", DateTimeOffset.FromUnixTimeMilliseconds(row.Since),
            row.TimeZone, isConfirmed, waits ? null : row.Portrait);
    }
}
