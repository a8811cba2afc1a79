using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Settings;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Cleanup;

public static class CleanupServices
{
    /// <summary>Adds retention; settings in section <c>Atmosphere:Retention</c>.</summary>
    public static IServiceCollection AddCleanup(this IServiceCollection services)
    {
        services.AddCheckedOptions<RetentionOptions>(RetentionOptions.Section);
        services.AddSingleton<IMediaOwner, RecognitionMedia>();
        services.AddSingleton<MediaOwners>();
        services.AddSingleton<ExpiredFaces>();
        services.AddSingleton<MissingFilesSearch>();
        services.AddSingleton<ITimeToLive, GroupPhotosExpire>();
        services.AddSingleton<ITimeToLive, UnknownFacesExpire>();
        services.AddSingleton<ITimeToLive, LateRowsExpire>();
        services.AddSingleton<ITimeToLive, ColleaguePicturesExpire>();
        services.AddLifetimes(Lifetimes.Of("questions"));
        services.AddSingleton<ITimeToLive, TrainingPhotosExpire>();
        services.AddSingleton<ITimeToLive, FailedPersonsExpire>();
        services.AddLifetimes(Lifetimes.Of("codes"));
        services.AddLifetimes(Lifetimes.Of("invitations"));
        services.AddLifetimes(Lifetimes.Of("requests"));
        services.AddSingleton<ITimeToLive, InboxExpires>();
        services.AddLifetimes(Lifetimes.Of("reports"));
        services.AddSingleton<ITimeToLive, ErasureLogExpires>();
        services.AddSingleton<ITimeToLive, OrphansExpire>();
        services.AddSingleton(provider => new Retention(
            provider.GetServices<ITimeToLive>(),
            provider.GetRequiredService<MissingFilesSearch>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Retention>>()));
        services.AddFlow(CleanupFlow.Table);
        services.AddHostedService<RetentionOnRequest>();
        return services;
    }
}
