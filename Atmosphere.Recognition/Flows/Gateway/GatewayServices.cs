using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Gateway;

public static class GatewayServices
{
    /// <summary>Adds the intake of photos from stations and groups; needs the face engine and its collections.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services) =>
        services.AddSingleton<FacesUpload>().AddSingleton<GroupPhotos>().AddFlow(GatewayFlow.Table);
}
