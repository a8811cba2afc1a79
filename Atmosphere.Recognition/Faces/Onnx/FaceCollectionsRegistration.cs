using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Faces.Onnx;

public static class FaceCollectionsRegistration
{
    /// <summary>Adds <see cref="IFaceCollections"/> and <see cref="PhotoRecogniser"/>; needs the database, the engine and its naming rule.</summary>
    public static IServiceCollection AddFaceCollections(this IServiceCollection services) => services
        .AddSingleton<IFaceCollections>(provider => new OnnxFaceCollections(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<FaceNaming>(),
            provider.GetRequiredService<IFaceEngine>().Model))
        .AddSingleton<PhotoRecogniser>();
}
