using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

internal static class ErasureServices
{
    /// <summary>Adds erasure, including erasing again after a backup was restored.</summary>
    public static IServiceCollection AddErasure(this IServiceCollection services) =>
        services
            .AddSingleton<OtherGuardians>()
            .AddSingleton<Erasures>()
            .AddSingleton<IErasures>(provider => provider.GetRequiredService<Erasures>())
            .AddSingleton<PersonFaces>()
            .AddSingleton<MessagesAbout>()
            .AddSingleton<PersonRows>()
            .AddSingleton<ParticipantRows>()
            .AddSingleton<GroupRows>()
            .AddSingleton<GroupPhotosErased>()
            .AddSingleton<ErasedVectors>()
            .AddSingleton<ErasureSearch>()
            .AddSingleton<IncompleteErasures>()
            .AddHostedService<EraseRestoredAtStart>()
            .AddHostedService<WithdrawalsToLog>();
}
