namespace Atmosphere.Bot.Channels.Delivery;

internal static class VendorClients
{
    /// <summary>The HTTP client of a vendor's API. It follows no redirect: our token is for the vendor alone.</summary>
    public static IHttpClientBuilder AddVendorClient(this IServiceCollection services, string name) => services.AddHttpClient(name)
        .ConfigureHttpClient(client => (client.Timeout, client.MaxResponseContentBufferSize) = (Timeout.InfiniteTimeSpan, VendorCall.LargestAnswer))
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
}
