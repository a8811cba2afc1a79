using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>The files that photos, deliveries, registrations and the inbox name.</summary>
internal sealed class RecognitionMedia : IMediaOwner
{
    public Task<IReadOnlyList<MediaKey>> KeysAsync(Session session) =>
        session.QueryAsync<MediaKey>(
            """
            SELECT media FROM photos WHERE media IS NOT NULL
            UNION SELECT media FROM media_distributions WHERE media IS NOT NULL
            UNION SELECT media FROM enrolment_photos
            UNION SELECT media FROM inbox WHERE media IS NOT NULL
            """);
}
