using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Faces.Catalogue;

public static class CatalogueServices
{
    /// <summary>Lets <c>Atmosphere:Faces:Models</c> name a model of the catalogue.</summary>
    public static IServiceCollection AddKnownModels(this IServiceCollection services) =>
        services.AddSingleton<IPostConfigureOptions<FaceModelOptions>, NamedModels>();

    /// <summary>Puts the file, family and rules of a model in the place of its name.</summary>
    private sealed class NamedModels(IConfiguration settings) : IPostConfigureOptions<FaceModelOptions>
    {
        public void PostConfigure(string? name, FaceModelOptions options)
        {
            var folder = ModelFolder.Of(settings);
            var chosen = ModelUse.Current(folder.Data);
            options.Detector ??= options.DetectorFamily is null ? chosen.GetValueOrDefault(ModelUse.Detector) : null;
            options.Recogniser ??= options.RecogniserFamily is null && options.RecogniserRules is null ? chosen.GetValueOrDefault(ModelUse.Recogniser) : null;
            if (Named(folder, options.Detector, ModelKind.Detector) is { } detector)
                (options.Detector, options.DetectorFamily) = detector.IsBuiltIn ? (null, null) : (folder.PathOf(detector, detector.Files[0]), detector.Family);
            if (Named(folder, options.Recogniser, ModelKind.Recogniser) is { } recogniser)
            {
                (options.Recogniser, options.RecogniserFamily) = recogniser.IsBuiltIn ? (null, null) : (folder.PathOf(recogniser, recogniser.Files[0]), recogniser.Family);
                options.Rules = recogniser.Rules;
            }
        }

        private static KnownModel? Named(ModelFolder folder, string? name, ModelKind kind) =>
            name is null ? null : folder.All().FirstOrDefault(model => model.Name == name && model.Kind == kind);
    }
}
