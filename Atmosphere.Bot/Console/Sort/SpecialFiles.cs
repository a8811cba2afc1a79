using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Atmosphere.Bot.Console.Sort;

/// <summary>Entries of a folder that are no files. To open a named pipe waits for its other end, perhaps for ever.</summary>
internal static partial class SpecialFiles
{
    private const int CurrentFolder = -100;
    private const uint OnlyType = 1;
    private const int ModeAt = 28; // in struct statx
    private const int StatxLength = 256;
    private const int TypeMask = 0xF000;

    /// <returns>Such as "a named pipe"; null for files and folders, and where the system does not say.</returns>
    public static string? KindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        Span<byte> found = stackalloc byte[StatxLength];
        try
        {
            if (Statx(CurrentFolder, path, 0, OnlyType, ref MemoryMarshal.GetReference(found)) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(found[ModeAt..]) & TypeMask) switch
        {
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte found);
}
