namespace Atmosphere.Recognition.Imaging;

internal static class ContentTypes
{
    public static string Of(PhotoType type) => type switch
    {
        PhotoType.Jpeg => "image/jpeg",
        PhotoType.Png => "image/png",
        PhotoType.WebP => "image/webp",
        PhotoType.Gif => "image/gif",
        PhotoType.Tiff => "image/tiff",
        PhotoType.Avif => "image/avif",
        _ => "application/octet-stream",
    };
}
