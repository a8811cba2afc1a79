using System.Diagnostics;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>A disk of some megabytes in memory (tmpfs), to be filled up and freed again.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _filler;

    private SmallDisk(string folder) => (Folder, _filler) = (folder, Path.Combine(folder, "filler"));

    public string Folder { get; }

    /// <summary>Skips the test by name where this machine or this user cannot mount one.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("atmosphere-disk-").FullName;
        var mounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        if (!mounted)
            Directory.Delete(folder);
        Assert.SkipUnless(mounted, "A tmpfs cannot be mounted: that needs Linux and root.");
        return new SmallDisk(folder);
    }

    /// <summary>Not one byte is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var block in (int[])[1 << 20, 1 << 12, 1])
        {
            try
            {
                while (true)
                    file.Write(new byte[block]);
            }
            catch (IOException)
            {
                // Full for blocks of this size.
            }
        }
    }

    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        _ = Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
