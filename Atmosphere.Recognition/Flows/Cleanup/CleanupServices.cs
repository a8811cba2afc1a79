using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atmosphere.Recognition.Flows.Cleanup;

public static class CleanupServices
{
    /// <summary>Nothing lives for ever; settings in section <c>Atmosphere:Retention</c>.</summary>
    public static IServiceCollection AddCleanup(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).CheckedAtStart(options => options.Problems());
        services.AddSingleton<IMediaOwner, RecognitionMedia>();
        services.AddSingleton<MediaOwners>();
        services.AddSingleton<ExpiredFaces>();
        services.AddSingleton<MissingFilesSearch>();
        services.AddSingleton<ITimeToLive, GroupPhotosExpire>();
        services.AddSingleton<ITimeToLive, UnknownFacesExpire>();
        services.AddSingleton<ITimeToLive, LateRowsExpire>();
        services.AddSingleton<ITimeToLive, ColleaguePicturesExpire>();
        services.AddSingleton<ITimeToLive, QuestionsExpire>();
        services.AddSingleton<ITimeToLive, TrainingPhotosExpire>();
        services.AddSingleton<ITimeToLive, FailedPersonsExpire>();
        services.AddSingleton<ITimeToLive, CodesExpire>();
        services.AddSingleton<ITimeToLive, InvitationsExpire>();
        services.AddSingleton<ITimeToLive, RequestsExpire>();
        services.AddSingleton<ITimeToLive, InboxExpires>();
        services.AddSingleton<ITimeToLive, ReportsExpire>();
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
