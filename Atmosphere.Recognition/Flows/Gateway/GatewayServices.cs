using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Gateway;

public static class GatewayServices
{
    /// <summary>Recognition of stored photos; needs the face engine and its collections.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services) => services.AddFlow(GatewayFlow.Table);
}
