using Atmosphere.Recognition.Outbound.Mqtt;
using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Recognition.Outbound;

public static class NoticeServices
{
    /// <summary>
    /// Devices by MQTT, settings in section <c>Atmosphere:Notices:Mqtt</c>; and nobody as colleagues, unless the host has an
    /// <see cref="IColleagues"/>; and no channel that reports, unless it has an <see cref="ISentNotices"/>.
    /// </summary>
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddCheckedOptions<MqttOptions>(MqttOptions.Section);
        services.AddSingleton<MqttPublisher>();
        services.AddSingleton<IDevices, MqttDevices>();
        services.TryAddSingleton<IColleagues, NoColleagues>();
        services.TryAddSingleton<ISentNotices, NoSentNotices>();
        return services;
    }
}
