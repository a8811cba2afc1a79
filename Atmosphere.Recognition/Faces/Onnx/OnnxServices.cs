using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Faces.Onnx;

public static class OnnxServices
{
    /// <summary>
    /// Adds face recognition in this process: <see cref="IFaceEngine"/> and <see cref="FaceNaming"/>. Settings in
    /// <c>Atmosphere:Faces:Models</c>; they and the networks are checked at start.
    /// </summary>
    public static IServiceCollection AddOnnxFaces(this IServiceCollection services)
    {
        services.AddCheckedOptions<FaceModelOptions>(FaceModelOptions.Section);
        services.AddSingleton(provider => new FaceNaming(OwnRules.Of(provider.GetRequiredService<IOptions<FaceModelOptions>>().Value)));
        services.AddSingleton<IFaceEngine>(provider => new OnnxFaceEngine(provider.GetRequiredService<IOptions<FaceModelOptions>>().Value));
        services.AddHostedService<LoadAtStart>();
        return services;
    }

    /// <summary>Loads the networks at start, so that an unusable network stops the start and not the first photo.</summary>
    private sealed class LoadAtStart(IServiceProvider provider) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = provider.GetRequiredService<FaceNaming>();
            return Task.Run(provider.GetRequiredService<IFaceEngine>, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
