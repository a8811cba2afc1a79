namespace Atmosphere.Recognition.Storage;

/// <summary>A lock file: one running server owns a data folder. The operating system releases the lock when the process ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    public static DataFolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "atmosphere.lock");
        try
        {
            Directory.CreateDirectory(folder);
            OwnerOnly.Shut(folder);
            return new DataFolderLock(Open(path));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new DataFolderException($"The data folder {folder} cannot be written: {error.Message} Change its owner, or name another folder with --data.", error);
        }
        catch (IOException error) when (DiskErrors.IsLocked(error))
        {
            throw new DataFolderException(
                $"The data folder {folder} belongs to another running Atmosphere. Stop that one, or name another folder with --data.", error);
        }
        catch (IOException error)
        {
            throw new DataFolderException($"The data folder {folder} cannot be used: {error.Message} Name another folder with --data.", error);
        }
    }

    /// <summary>Whether a running program owns the folder.</summary>
    public static bool IsTaken(string folder)
    {
        var path = Path.Combine(folder, "atmosphere.lock");
        if (!File.Exists(path))
            return false;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException error) when (DiskErrors.IsLocked(error))
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path)
    {
        // IsTaken also takes the lock for a moment, so retry briefly.
        FileStream? file = null;
        if (SpinWait.SpinUntil(() => (file = TryOpen(path)) is not null, _moment))
            return file!;
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (DiskErrors.IsLocked(error))
        {
            return null;
        }
    }
}
