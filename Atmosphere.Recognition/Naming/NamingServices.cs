using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Naming;

public static class NamingServices
{
    /// <summary>
    /// Names on faces, and the gate in front of every face that is learned, with settings in section <c>Atmosphere:Learning</c>; needs the face engine,
    /// its collections, clusters and the questions.
    /// </summary>
    public static IServiceCollection AddNaming(this IServiceCollection services)
    {
        services.AddCheckedOptions<LearningGateOptions>(LearningGateOptions.Section);
        return services.AddSingleton<AssignNamesLater>().AddSingleton<DoubtfulNames>().AddSingleton<RematchPhotos>().AddSingleton<RevokeNames>()
            .AddSingleton<LearningGate>().AddSingleton<HeldFaces>();
    }
}
