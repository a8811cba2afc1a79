using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>All components whose rows name files.</summary>
internal sealed class MediaOwners(IEnumerable<IMediaOwner> owners)
{
    public async Task<IReadOnlyList<NamedFile>> RowsAsync(Session session)
    {
        var rows = new List<NamedFile>();
        foreach (var owner in owners)
            rows.AddRange(await owner.RowsAsync(session));
        return rows;
    }
}
