using Atmosphere.Recognition.Settings;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Storage;

public static class StorageServices
{
    /// <summary>Adds the database and the media store of one data folder; the schema is updated before other services start.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddCheckedOptions<StorageOptions>(StorageOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Schema.Recognition);
        services.AddSingleton(provider => new Database(provider.GetRequiredService<IOptions<StorageOptions>>().Value.Data));
        services.AddSingleton(
            provider => new FileMediaStore(provider.GetRequiredService<Database>().Folder, provider.GetRequiredService<TimeProvider>()));
        services.AddCheckedOptions<ErasureOptions>(ErasureOptions.Section);
        services.AddSingleton(provider => new ErasureLog(Path.GetFullPath(
            provider.GetRequiredService<IOptions<ErasureOptions>>().Value.Log ?? Path.Combine(provider.GetRequiredService<Database>().Folder, "erasures.log"))));
        services.AddSingleton<ErasureRecords>();
        services.AddSingleton<OperatorRequests>();
        // With the system clock: pauses of milliseconds must end even if the program runs on another clock.
        services.AddSingleton<IMediaFiles>(provider => new PatientMediaStore(provider.GetRequiredService<FileMediaStore>(), TimeProvider.System));
        services.AddSingleton<IMediaStore, MediaStore>();
        services.AddSingleton<IMediaReader>(provider => provider.GetRequiredService<IMediaStore>());
        services.AddSingleton<Groups>();
        services.AddSingleton<Stations>();
        services.AddHostedService<TablesAtStart>();
        services.AddHostedService<NameKeysAtStart>();
        return services;
    }
}
