using Atmosphere.Recognition.Outbound.Mail;
using Atmosphere.Recognition.Outbound.Mqtt;
using Atmosphere.Recognition.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Recognition.Outbound;

public static class NoticeServices
{
    /// <summary>
    /// Adds devices over MQTT (settings in <c>Atmosphere:Notices:Mqtt</c>), mail (settings in <c>Atmosphere:Mail</c>) and defaults for hosts
    /// without an <see cref="IColleagues"/>, an <see cref="ISentNotices"/> or an <see cref="IMailTexts"/>.
    /// </summary>
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddCheckedOptions<MqttOptions>(MqttOptions.Section);
        services.AddSingleton<MqttPublisher>();
        services.AddSingleton<IDevices, MqttDevices>();
        services.AddCheckedOptions<MailOptions>(MailOptions.Section);
        services.AddSingleton<IMail, SmtpMail>();
        services.TryAddSingleton<IMailTexts, NoMailTexts>();
        services.TryAddSingleton<IColleagues, NoColleagues>();
        services.TryAddSingleton<ISentNotices, NoSentNotices>();
        return services;
    }
}
