using System.Security.Cryptography;

namespace Atmosphere.Recognition.Storage;

/// <summary>Secret keys of a data folder: secrets/name, readable only by the owner, created once.</summary>
public static class SecretKey
{
    private const int Bytes = 32;

    /// <param name="folder">The data folder.</param>
    /// <param name="name">File name, such as signing.key.</param>
    /// <param name="whereDamaged">What is lost if a damaged key is deleted.</param>
    public static byte[] ReadOrMake(string folder, string name, string whereDamaged)
    {
        var file = PathOf(folder, name);
        if (!File.Exists(file))
            Make(file);
        var key = File.ReadAllBytes(file);
        return key.Length == Bytes ? key : throw new InvalidOperationException($"The key {file} is damaged. {whereDamaged}");
    }

    public static string PathOf(string folder, string name) => Path.Combine(folder, "secrets", name);

    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Bytes));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(fresh, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // A command beside the server created it at the same moment: use that one.
            File.Delete(fresh);
        }
    }
}
