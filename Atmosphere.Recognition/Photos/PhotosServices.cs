using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Photos;

public static class PhotosServices
{
    /// <summary>Services about photos that the flows share: failed photos and pictures of faces.</summary>
    public static IServiceCollection AddPhotos(this IServiceCollection services) => services.AddSingleton<FailedPhotos>().AddSingleton(provider => new RefusedPhotos(provider)).AddSingleton<FacePictures>();
}
