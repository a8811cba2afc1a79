using System.Globalization;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Doctor;

/// <summary>Checks the data folder.</summary>
internal static class DataFolder
{
    private const double GigaByte = 1e9;
    private const double Least = 1;

    public static string Writable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
            using (new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
                return $"{folder} can be written";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new VerbException($"{refused.Message.TrimEnd('.')}. Change the owner of {folder}, or name another folder with --data.", refused);
        }
    }

    /// <summary>Checks whether other users of this machine can read the data.</summary>
    public static string OwnerOnly(string folder)
    {
        if (OperatingSystem.IsWindows())
            return "not checked on Windows";
        var open = new[] { folder }.Concat(Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
            .Where(Recognition.Storage.OwnerOnly.IsOpen).ToList();
        return open.Count == 0
            ? "nobody else can read it"
            : throw new VerbException($"{open.Count} of its files and folders are open to other users of this machine, such as {open[0]}. Run: chmod -R go= {folder}");
    }

    public static string FreeDisk(string folder)
    {
        var free = new DriveInfo(Existing(folder)).AvailableFreeSpace / GigaByte;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free:N1} GB");
        return free >= Least ? text : throw new VerbException($"only {text} at {folder}. Make room, or name a folder on another disk with --data.");
    }

    /// <summary>Checks whether photos wait because an older backup was restored.</summary>
    public static async Task<string> RestoredAsync(string folder, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, "atmosphere.db")))
            return "there is no database yet";
        using var database = new Database(folder, beside: true);
        if (!await BotSchema.Whole.IsAppliedAsync(database, cancellation))
            return "the tables are not those of this version; the server brings them up to date";
        var waiting = await database.ReadAsync(UnverifiedGroups.CountAsync, cancellation);
        return waiting == 0
            ? "nothing waits for the members of a chat group"
            : throw new VerbException(string.Create(
                CultureInfo.InvariantCulture,
                $"an older copy was restored: the photos of {waiting} chat groups wait until the carrier has said who is in them. Start the server with the carrier set up, or look and decide: atmosphere groups verify"));
    }

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
