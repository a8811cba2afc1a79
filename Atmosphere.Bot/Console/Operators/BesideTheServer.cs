using System.CommandLine;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Console.Operators;

/// <summary>Opens the program's services for an operator's command, beside a running server or without one.</summary>
internal static class BesideTheServer
{
    /// <summary>Nothing is started: no workers, timers or endpoints.</summary>
    /// <exception cref="VerbException">The folder holds no data, or the running server has another version.</exception>
    public static async Task<ServiceProvider> OpenAsync(Shell shell, ParseResult line, CancellationToken cancellation)
    {
        var settings = shell.Settings(line);
        var folder = Shell.DataFolder(settings);
        RequireData(folder);
        var services = Shell.Everything(settings)
            .AddSingleton(_ => new Database(folder, beside: true))
            .AddSingleton(provider => new FileMediaStore(folder, provider.GetRequiredService<TimeProvider>(), beside: true))
            .BuildServiceProvider();
        try
        {
            await BringUpToDateAsync(services.GetRequiredService<Database>(), services.GetRequiredService<TimeProvider>(), cancellation);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens only the database, for setting up; creates the folder and tables if missing.</summary>
    /// <param name="work">The work to do.</param>
    /// <exception cref="VerbException">The running server has another version.</exception>
    public static async Task<T> OnDatabaseAsync<T>(Shell shell, ParseResult line, Func<Database, Task<T>> work, CancellationToken cancellation)
    {
        var folder = Shell.DataFolder(shell.Settings(line));
        _ = Directory.CreateDirectory(folder);
        using var database = new Database(folder, beside: true);
        await BringUpToDateAsync(database, TimeProvider.System, cancellation);
        return await work(database);
    }

    /// <exception cref="VerbException">The folder was never used by Atmosphere.</exception>
    public static void RequireData(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "atmosphere.db")))
            throw new VerbException($"There is no data in {folder}. Name the data folder of your server with --data, or start 'atmosphere serve' once.");
    }

    private static async Task BringUpToDateAsync(Database database, TimeProvider clock, CancellationToken cancellation)
    {
        if (await BotSchema.Whole.IsAppliedAsync(database, cancellation))
            return;
        if (Database.IsOwned(database.Folder))
            throw new VerbException($"The server that runs on {database.Folder} is of another version than this command. Restart it with this version first.");
        await BotSchema.Whole.ApplyAsync(database, clock, cancellation);
    }
}
