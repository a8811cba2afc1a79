using System.Text.Json;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Backup;

/// <summary>
/// One copy of a data folder, without its keys. Pictures are never changed once they are written, so the next backup into the same folder copies
/// only new ones. Whenever it is killed, doing it again completes it.
/// </summary>
internal sealed class BackupFolder(string folder)
{
    /// <summary>In a data folder: when and where it was last copied.</summary>
    public const string LastFile = "last-backup.json";

    private const string Database = "atmosphere.db";
    private const string Media = "media";
    private const string Log = "erasures.log";
    private const string Secrets = "secrets";

    private string DatabaseFile => Path.Combine(folder, Database);

    /// <param name="data">The data folder; a server may use it.</param>
    /// <param name="log">The log of erasures.</param>
    /// <param name="keys">Where the keys are copied to; null: nowhere.</param>
    public async Task<BackupManifest> MakeAsync(string data, string log, string? keys, TimeProvider clock, CancellationToken cancellation)
    {
        RefuseOther(data);
        Directory.CreateDirectory(Path.Combine(folder, Media));
        foreach (var left in Directory.EnumerateFiles(folder, "*" + DurableFiles.Unfinished, SearchOption.AllDirectories))
            File.Delete(left);

        // Most pictures first: those of the time in between are few.
        await CopyMediaAsync(data, cancellation);
        var at = clock.GetUtcNow();
        using (var database = new Database(data, beside: true))
            database.CopyTo(DatabaseFile + DurableFiles.Unfinished);
        DurableFiles.Flush(DatabaseFile + DurableFiles.Unfinished);
        File.Move(DatabaseFile + DurableFiles.Unfinished, DatabaseFile, overwrite: true);
        await CopyMediaAsync(data, cancellation);
        // What was erased must not live on in the copy.
        foreach (var file in PicturesIn(folder).Where(file => !File.Exists(Path.Combine(data, Media, file))))
            File.Delete(Path.Combine(folder, Media, file));

        if (File.Exists(log))
            _ = await DurableFiles.CopyAsync(log, Path.Combine(folder, Log), cancellation);
        if (keys is not null)
            await CopyKeysAsync(Path.Combine(data, Secrets), keys, cancellation);
        var manifest = await DescribeAsync(at, cancellation);
        await manifest.WriteAsync(folder, cancellation);
        await DurableFiles.WriteAsync(
            Path.Combine(data, LastFile), JsonSerializer.SerializeToUtf8Bytes(new LastBackup(at, Path.GetFullPath(folder)), JsonSerializerOptions.Web), cancellation);
        return manifest;
    }

    /// <exception cref="VerbException">It is not whole.</exception>
    public async Task<BackupManifest> CheckAsync(CancellationToken cancellation)
    {
        var manifest = BackupManifest.Read(folder)
            ?? throw new VerbException($"{folder} holds no finished backup. If one was interrupted, 'atmosphere backup {folder}' completes it.");
        if (!File.Exists(DatabaseFile))
            throw new VerbException($"The database is missing in {folder}. Use another copy.");
        var found = await DescribeAsync(manifest.At, cancellation);
        if (found.Database != manifest.Database)
            throw new VerbException($"The database in {folder} is not the one that was copied on {manifest.At:yyyy-MM-dd HH:mm}: a later backup was interrupted, or the file is damaged. 'atmosphere backup {folder}' completes it; or use another copy.");
        if (Recognition.Storage.Database.Damage(DatabaseFile) is { } damage)
            throw new VerbException($"The database in {folder} is damaged: {damage} Use another copy.");
        return found == manifest
            ? manifest
            : throw new VerbException($"{folder} holds {found.Files} pictures with {found.Bytes} bytes instead of {manifest.Files} with {manifest.Bytes}: use another copy, or complete it with 'atmosphere backup {folder}'.");
    }

    /// <summary>Puts the copy into an empty data folder. A log of erasures that is there stays: it is newer.</summary>
    public async Task RestoreAsync(string data, string log, string? keys, CancellationToken cancellation)
    {
        _ = await CheckAsync(cancellation);
        if (File.Exists(Path.Combine(data, Database)))
            throw new VerbException($"{data} holds a database already. Move it away, or name an empty folder with --data.");
        if (keys is null && !File.Exists(Path.Combine(data, Secrets, "data.key")))
            throw new VerbException($"{data} holds no keys, and without them the server does not start on this copy. Name the folder that 'atmosphere backup --keys' made with --keys.");
        foreach (var file in PicturesIn(folder))
        {
            var to = Path.Combine(data, Media, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            _ = await DurableFiles.CopyAsync(Path.Combine(folder, Media, file), to, cancellation);
        }

        if (keys is not null)
            await CopyKeysAsync(keys, Path.Combine(data, Secrets), cancellation);
        if (!File.Exists(log) && File.Exists(Path.Combine(folder, Log)))
            _ = await DurableFiles.CopyAsync(Path.Combine(folder, Log), log, cancellation);
        // Last: without it the folder still counts as empty.
        _ = await DurableFiles.CopyAsync(DatabaseFile, Path.Combine(data, Database), cancellation);
    }

    private void RefuseOther(string data)
    {
        var (to, from) = (Path.GetFullPath(folder) + Path.DirectorySeparatorChar, Path.GetFullPath(data) + Path.DirectorySeparatorChar);
        if (to.StartsWith(from, StringComparison.Ordinal) || from.StartsWith(to, StringComparison.Ordinal))
            throw new VerbException($"{folder} and the data folder are within each other. Name a folder on another disk.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !Directory.Exists(Path.Combine(folder, Media)))
            throw new VerbException($"{folder} holds something else. Name an empty folder, or that of an earlier backup.");
        if (File.Exists(Path.Combine(folder, Secrets, "data.key")))
            throw new VerbException($"{folder} is a data folder. Name an empty folder, or that of an earlier backup.");
    }

    private async Task CopyMediaAsync(string data, CancellationToken cancellation)
    {
        foreach (var file in PicturesIn(data))
        {
            var (from, to) = (new FileInfo(Path.Combine(data, Media, file)), new FileInfo(Path.Combine(folder, Media, file)));
            if (!from.Exists || (to.Exists && to.Length == from.Length))
                continue;
            to.Directory!.Create();
            _ = await DurableFiles.CopyAsync(from.FullName, to.FullName, cancellation);
        }
    }

    private static async Task CopyKeysAsync(string from, string to, CancellationToken cancellation)
    {
        Directory.CreateDirectory(to);
        foreach (var key in Directory.EnumerateFiles(from, "*.key"))
            _ = await DurableFiles.CopyAsync(key, Path.Combine(to, Path.GetFileName(key)), cancellation);
    }

    private async Task<BackupManifest> DescribeAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var files = PicturesIn(folder).Select(file => new FileInfo(Path.Combine(folder, Media, file)).Length).ToList();
        return new BackupManifest(at, await DurableFiles.HashAsync(DatabaseFile, cancellation), files.Count, files.Sum());
    }

    /// <summary>The finished pictures, relative to media.</summary>
    private static List<string> PicturesIn(string folder)
    {
        var media = Path.Combine(folder, Media);
        return Directory.Exists(media)
            ? [.. Directory.EnumerateFiles(media, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(media, file)).Where(file => Path.GetExtension(file) is not (".tmp" or DurableFiles.Unfinished))]
            : [];
    }
}

/// <param name="At">When the data folder was last copied.</param>
/// <param name="Folder">Where to.</param>
internal sealed record LastBackup(DateTimeOffset At, string Folder)
{
    /// <summary>For doctor: how old the last one is.</summary>
    public static string Describe(string data, TimeProvider clock)
    {
        try
        {
            if (JsonSerializer.Deserialize<LastBackup>(File.ReadAllText(Path.Combine(data, BackupFolder.LastFile)), JsonSerializerOptions.Web) is { } last)
                return $"the last one is {Age(clock.GetUtcNow() - last.At)} old, in {last.Folder}";
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            // Then there was none.
        }

        return "there is none by this program: atmosphere backup DIR, also while the server runs";
    }

    private static string Age(TimeSpan age) => age.TotalDays >= 2 ? $"{(int)age.TotalDays} days" : age.TotalHours >= 2 ? $"{(int)age.TotalHours} hours" : $"{Math.Max(0, (int)age.TotalMinutes)} minutes";
}
