using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Tagging;

public static class TaggingServices
{
    /// <summary>What people say about faces; needs the face engine and its collections.</summary>
    public static IServiceCollection AddTagging(this IServiceCollection services) =>
        services.AddSingleton<IForwardedPhotos, ForwardedPhotos>();
}
