using System.Security.Cryptography;

namespace Atmosphere.Bot.Console.Backup;

/// <summary>Files that are whole or not there, whenever the program is killed.</summary>
internal static class DurableFiles
{
    /// <summary>Ends the name of a file that is not finished.</summary>
    public const string Unfinished = ".new";

    public static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellation)
    {
        await using (var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(bytes, cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path, overwrite: true);
    }

    /// <returns>False if the source is gone.</returns>
    public static async Task<bool> CopyAsync(string from, string to, CancellationToken cancellation)
    {
        try
        {
            await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using (var file = new FileStream(to + Unfinished, FileMode.Create, FileAccess.Write))
            {
                await source.CopyToAsync(file, cancellation);
                file.Flush(flushToDisk: true);
            }
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException && !File.Exists(from))
        {
            return false;
        }

        File.Move(to + Unfinished, to, overwrite: true);
        return true;
    }

    /// <summary>SHA-256, hexadecimal.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    /// <summary>Flushes a file that something else wrote.</summary>
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
