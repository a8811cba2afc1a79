using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Faces.Onnx;

public static class FaceCollectionsRegistration
{
    /// <summary>Adds <see cref="IFaceCollections"/> and <see cref="PhotoRecogniser"/>; needs the database, the engine and its naming rule.</summary>
    /// <param name="services">Where they are added.</param>
    /// <param name="ofGroups">A collection is made only for a group that has not ended; else a <see cref="CollectionNotFoundException"/> says that there is none.</param>
    public static IServiceCollection AddFaceCollections(this IServiceCollection services, bool ofGroups = false) => services
        .AddSingleton<IFaceCollections>(provider => new OnnxFaceCollections(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<FaceNaming>(),
            provider.GetRequiredService<IFaceEngine>().Model,
            ofGroups,
            provider.GetService<TimeProvider>()))
        .AddSingleton<PhotoRecogniser>();
}
