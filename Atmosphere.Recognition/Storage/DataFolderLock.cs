namespace Atmosphere.Recognition.Storage;

/// <summary>One running server owns a data folder. The operating system releases the lock with the process, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    public static DataFolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "atmosphere.lock");
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolderLock(file);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new DataFolderException($"The data folder {folder} cannot be written: {error.Message} Change its owner, or name another folder with --data.", error);
        }
        catch (IOException error) when (error.HResult is LockedOnLinux or LockedOnMac)
        {
            throw new DataFolderException(
                $"The data folder {folder} belongs to another running Atmosphere. Stop that one, or name another folder with --data.", error);
        }
        catch (IOException error)
        {
            throw new DataFolderException($"The data folder {folder} cannot be used: {error.Message} Name another folder with --data.", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
