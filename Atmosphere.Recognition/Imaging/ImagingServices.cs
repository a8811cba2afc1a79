using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Imaging;

public static class ImagingServices
{
    /// <summary>Decoding and encoding of photos; needs a media store. Settings: <c>Atmosphere:Imaging</c>, validated at start.</summary>
    public static IServiceCollection AddImaging(this IServiceCollection services)
    {
        services.AddCheckedOptions<ImagingOptions>(ImagingOptions.Section);
        services.AddSingleton(provider => new PhotoDecoder(provider.GetRequiredService<IOptions<ImagingOptions>>().Value));
        services.AddSingleton(provider => new PhotoEncoder(provider.GetRequiredService<IOptions<ImagingOptions>>().Value));
        services.AddSingleton(provider => new PhotoIntake(
            provider.GetRequiredService<PhotoDecoder>(), provider.GetRequiredService<IOptions<ImagingOptions>>().Value,
            provider.GetRequiredService<ILogger<PhotoIntake>>(), provider.GetService<OwnProgram>()));
        services.AddSingleton<RecentPhotos>();
        return services;
    }
}
