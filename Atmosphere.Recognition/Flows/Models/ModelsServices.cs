using Atmosphere.Recognition.Faces.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Models;

public static class ModelsServices
{
    /// <summary>Adds the change from one recogniser to another while the server runs.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services) => services
        .AddSingleton<ModelEngines>()
        .AddSingleton<Redescription>()
        .AddSingleton<ModelSwitch>()
        .AddHostedService<DescribeAnew>();
}
