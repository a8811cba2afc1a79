using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Storage.Media;

/// <summary>Rows that stand for one file take its id: whoever has the key knows the row, and a repetition makes no second one.</summary>
internal static class MediaKeyId
{
    public static PhotoId PhotoId(this MediaKey key) => new(Path.GetFileNameWithoutExtension(key.Value));

    public static FaceId FaceId(this MediaKey key) => new(Path.GetFileNameWithoutExtension(key.Value));
}
