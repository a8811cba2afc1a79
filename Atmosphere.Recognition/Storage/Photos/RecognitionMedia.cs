using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The files named by photos, faces, deliveries, registrations, persons and the inbox.</summary>
internal sealed class RecognitionMedia : IMediaOwner
{
    private const string Rows =
        """
        SELECT 'photos.media' AS place, media, id AS photo FROM photos WHERE media IS NOT NULL
        UNION ALL SELECT 'media_distributions.media', media, photo_id FROM media_distributions WHERE media IS NOT NULL
        UNION ALL SELECT 'faces.rectangle', rectangle, photo_id FROM faces WHERE rectangle IS NOT NULL
        UNION ALL SELECT 'faces.zoom_in', zoom_in, photo_id FROM faces WHERE zoom_in IS NOT NULL
        UNION ALL SELECT 'enrolment_photos.media', media, NULL FROM enrolment_photos
        UNION ALL SELECT 'persons.portrait', portrait, NULL FROM persons WHERE portrait IS NOT NULL
        UNION ALL SELECT 'held_faces.media', media, NULL FROM held_faces
        UNION ALL SELECT 'held_faces.picture', picture, NULL FROM held_faces
        UNION ALL SELECT 'inbox.media', media, NULL FROM inbox WHERE media IS NOT NULL
        """;

    public Task<IReadOnlyList<NamedFile>> RowsAsync(Session session) => session.QueryAsync<NamedFile>(Rows);
}
