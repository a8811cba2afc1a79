using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Storage;

/// <summary>Finds a face's position and its stored pictures.</summary>
internal static class FacePictureTable
{
    /// <summary>The face by its record, or by its box if the record is not written yet; null if the photo is gone.</summary>
    public static Task<FacePictureRow?> FindAsync(Session session, PhotoId photo, FaceId face) =>
        session.QuerySingleOrDefaultAsync<FacePictureRow>(
            """
            SELECT p.media, p.state, p.turn, f.id AS record, f.rectangle, f.zoom_in,
                COALESCE(f.x, b.x) AS x, COALESCE(f.y, b.y) AS y, COALESCE(f.width, b.width) AS width, COALESCE(f.height, b.height) AS height
            FROM photos p
            LEFT JOIN faces f ON f.id = @face AND f.photo_id = p.id
            LEFT JOIN bounding_boxes b ON b.face_id = @face AND b.photo_id = p.id
            WHERE p.id = @photo AND (f.id IS NOT NULL OR b.face_id IS NOT NULL)
            """,
            new { photo, face });

    /// <returns>False if the face has that picture already or is gone.</returns>
    public static async Task<bool> SetAsync(Session session, FaceId face, FacePicture picture, MediaKey key)
    {
        var column = picture == FacePicture.Rectangle ? "rectangle" : "zoom_in";
        return await session.ExecuteAsync($"UPDATE faces SET {column} = @key WHERE id = @face AND {column} IS NULL", new { face, key }) > 0;
    }
}

internal sealed record FacePictureRow
{
    public MediaKey? Media { get; init; }

    public PhotoState State { get; init; }

    public int Turn { get; init; }

    public QuarterTurn ToUpright => new(Turn);

    /// <summary>The face's id if its record exists, otherwise null.</summary>
    public FaceId? Record { get; init; }

    public MediaKey? Rectangle { get; init; }

    public MediaKey? ZoomIn { get; init; }

    public double X { get; init; }

    public double Y { get; init; }

    public double Width { get; init; }

    public double Height { get; init; }

    public Box Box => new((float)X, (float)Y, (float)Width, (float)Height);

    /// <summary>The photo's file; null if the photo must not be shown any more.</summary>
    public MediaKey? File => State is PhotoState.Failed or PhotoState.Erased ? null : Media;

    public MediaKey? Of(FacePicture picture) => picture == FacePicture.Rectangle ? Rectangle : ZoomIn;
}

/// <summary>The two kinds of picture of a face.</summary>
internal enum FacePicture
{
    /// <summary>Cropped along its box.</summary>
    Rectangle,

    /// <summary>With its surroundings, 600 pixels wide.</summary>
    ZoomIn,
}
