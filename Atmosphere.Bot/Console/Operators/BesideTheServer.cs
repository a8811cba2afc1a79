using System.CommandLine;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Console.Operators;

/// <summary>The parts of the program for a command: on the data folder of a running server, or of none.</summary>
internal static class BesideTheServer
{
    /// <summary>Nothing is started: no worker, no timer, no door.</summary>
    /// <exception cref="VerbException">There is nothing in the folder, or the running server is of another version.</exception>
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

    /// <summary>The database alone, for setting up: the folder and its tables are made where they are missing.</summary>
    /// <param name="work">What to do with it.</param>
    /// <exception cref="VerbException">The running server is of another version.</exception>
    public static async Task<T> OnDatabaseAsync<T>(Shell shell, ParseResult line, Func<Database, Task<T>> work, CancellationToken cancellation)
    {
        var folder = Shell.DataFolder(shell.Settings(line));
        _ = Directory.CreateDirectory(folder);
        using var database = new Database(folder, beside: true);
        await BringUpToDateAsync(database, TimeProvider.System, cancellation);
        return await work(database);
    }

    /// <exception cref="VerbException">Atmosphere never ran on the folder.</exception>
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
