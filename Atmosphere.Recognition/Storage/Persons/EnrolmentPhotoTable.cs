using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>The table enrolment_photos: the photos by which a person was registered.</summary>
internal static class EnrolmentPhotoTable
{
    public static async Task AddPhotoAsync(Session session, PersonId person, MediaKey media, Box box)
    {
        await session.ExecuteAsync(
            "INSERT INTO enrolment_photos (media, person_id, x, y, width, height) VALUES (@media, @person, @X, @Y, @Width, @Height)",
            new { media, person, box.X, box.Y, box.Width, box.Height });
        await MediaSubjectTable.AddPersonAsync(session, media, person);
    }

    public static Task<IReadOnlyList<EnrolmentRow>> PhotosAsync(Session session, PersonId person) =>
        session.QueryAsync<EnrolmentRow>("SELECT media, x, y, width, height FROM enrolment_photos WHERE person_id = @person ORDER BY media", new { person });

    /// <summary>Removes enrolment photos.</summary>
    public static Task RemovePhotosAsync(Session session, PersonId person, IReadOnlyList<MediaKey> photos) =>
        session.ExecuteAsync(
            "DELETE FROM enrolment_photos WHERE person_id = @person AND media IN @photos", new { person, photos = photos.Select(photo => photo.Value) });

    /// <summary>The photos of all registrations.</summary>
    public static Task<IReadOnlyList<MediaKey>> AllPhotosAsync(Session session) => session.QueryAsync<MediaKey>("SELECT media FROM enrolment_photos");
}

internal sealed record EnrolmentRow
{
    public MediaKey Media { get; init; }

    public float X { get; init; }

    public float Y { get; init; }

    public float Width { get; init; }

    public float Height { get; init; }

    public Box Box => new(X, Y, Width, Height);
}
