using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Derives a row's id from its file: the key leads to the row, and a repeated call creates no second row.</summary>
internal static class MediaKeyId
{
    public static PhotoId PhotoId(this MediaKey key) => new(Path.GetFileNameWithoutExtension(key.Value));

    public static FaceId FaceId(this MediaKey key) => new(Path.GetFileNameWithoutExtension(key.Value));
}
