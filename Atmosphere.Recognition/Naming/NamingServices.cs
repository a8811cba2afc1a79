using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Naming;

public static class NamingServices
{
    /// <summary>
    /// Adds the naming of faces and the gate for learning, with settings in section <c>Atmosphere:Learning</c>. Needs the face engine, its
    /// collections, clusters and the questions.
    /// </summary>
    public static IServiceCollection AddNaming(this IServiceCollection services)
    {
        services.AddCheckedOptions<LearningGateOptions>(LearningGateOptions.Section);
        return services.AddSingleton<AssignNamesLater>().AddSingleton<DoubtfulNames>().AddSingleton<RematchPhotos>().AddSingleton<RevokeNames>()
            .AddSingleton<LearningGate>().AddSingleton<HeldFaces>();
    }
}
