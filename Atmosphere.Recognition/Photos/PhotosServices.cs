using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Photos;

public static class PhotosServices
{
    /// <summary>What flows share about photos: how one fails, and the pictures of its faces.</summary>
    public static IServiceCollection AddPhotos(this IServiceCollection services) => services.AddSingleton<FailedPhotos>().AddSingleton<FacePictures>();
}
