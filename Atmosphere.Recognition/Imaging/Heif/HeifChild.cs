using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Atmosphere.Recognition.Imaging.Heif;

/// <summary>
/// The process that decodes one HEIC photo, so that a file which kills the codec, or takes all memory, ends only this process. Reads the file
/// from its input; writes sizes, colour profile, EXIF data and pixels to its output.
/// </summary>
internal static unsafe partial class HeifChild
{
    /// <summary>The first argument that makes the program this process.</summary>
    public const string Verb = "decode-heif";

    /// <summary>The only second argument: says which libheif there is.</summary>
    internal const string Check = "--check";

    internal const int Damaged = 3;
    internal const int TooManyPixels = 4;
    internal const int Unavailable = 5;

    /// <summary>Four lengths in front of the output: width, height, bytes of the profile, bytes of the EXIF data.</summary>
    internal const int HeaderBytes = 16;

    // Of the decoding options: HDR photos become 8-bit.
    private const int ToEightBits = 40;
    private const int LongestMetadata = 4 * 1024 * 1024;
    private const int AddressSpace = 9;
    private const int ProcessorTime = 0;

    /// <param name="arguments">Those after the verb: the most pixels, megabytes of memory, seconds of processor time.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        try
        {
            if (HeifLibrary.HasDecoder(HeifLibrary.Hevc) == 0)
                return Unavailable;
            if (arguments is [Check])
            {
                System.Console.Out.Write(Marshal.PtrToStringUTF8((nint)HeifLibrary.Version()));
                return 0;
            }

            using var input = System.Console.OpenStandardInput();
            using var memory = new MemoryStream();
            input.CopyTo(memory);
            Limit(long.Parse(arguments[1], CultureInfo.InvariantCulture), long.Parse(arguments[2], CultureInfo.InvariantCulture));
            using var output = System.Console.OpenStandardOutput();
            return Decode(memory.ToArray(), long.Parse(arguments[0], CultureInfo.InvariantCulture), output);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return Unavailable;
        }
    }

    private static int Decode(byte[] file, long mostPixels, Stream output)
    {
        fixed (byte* bytes = file)
        {
            var context = HeifLibrary.NewContext();
            if (HeifLibrary.Read(context, bytes, (nuint)file.Length, 0).Code != 0 || HeifLibrary.Primary(context, out var handle).Code != 0)
                return Damaged;
            if ((long)HeifLibrary.Width(handle) * HeifLibrary.Height(handle) > mostPixels)
                return TooManyPixels;
            var options = HeifLibrary.NewOptions();
            if (options is not null && options[0] >= 2)
                options[ToEightBits] = 1;
            if (HeifLibrary.Decode(handle, out var image, HeifLibrary.Rgb, HeifLibrary.Interleaved, options).Code != 0)
                return Damaged;
            var (width, height) = (HeifLibrary.WidthOf(image, HeifLibrary.Interleaved), HeifLibrary.HeightOf(image, HeifLibrary.Interleaved));
            var plane = HeifLibrary.Plane(image, HeifLibrary.Interleaved, out var stride);
            if (plane is null || width <= 0 || height <= 0 || stride < width * 3 || (long)width * height > mostPixels)
                return Damaged;

            var (profile, exif) = (Profile(handle), Exif(handle));
            Span<byte> header = stackalloc byte[HeaderBytes];
            BinaryPrimitives.WriteInt32LittleEndian(header, width);
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], height);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], profile.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header[12..], exif.Length);
            output.Write(header);
            output.Write(profile);
            output.Write(exif);
            for (var row = 0; row < height; row++)
                output.Write(new ReadOnlySpan<byte>(plane + ((long)row * stride), width * 3));
            return 0;
        }
    }

    private static byte[] Profile(nint handle)
    {
        var bytes = HeifLibrary.ProfileBytes(handle);
        if (bytes is 0 or > LongestMetadata)
            return [];
        var profile = new byte[bytes];
        fixed (byte* into = profile)
            return HeifLibrary.Profile(handle, into).Code == 0 ? profile : [];
    }

    /// <summary>The EXIF data as a JPEG has it: the block begins with the distance to the TIFF header.</summary>
    private static byte[] Exif(nint handle)
    {
        if (HeifLibrary.Metadata(handle, "Exif", out var id, 1) < 1 || HeifLibrary.MetadataBytes(handle, id) is < 8 or > LongestMetadata)
            return [];
        var block = new byte[HeifLibrary.MetadataBytes(handle, id)];
        fixed (byte* into = block)
        {
            if (HeifLibrary.Metadata(handle, id, into).Code != 0)
                return [];
        }

        var skipped = 4 + (long)BinaryPrimitives.ReadUInt32BigEndian(block);
        return skipped < block.Length ? [.. "Exif\0\0"u8, .. block.AsSpan((int)skipped)] : [];
    }

    /// <summary>Limits what the codec may take, in addition to what the process has already.</summary>
    private static void Limit(long megabytes, long seconds)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Photos are decoded in a process of their own on Linux only.");
        var pages = long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0], CultureInfo.InvariantCulture);
        var memory = (ulong)((pages * Environment.SystemPageSize) + (megabytes * 1024 * 1024));
        var time = (ulong)seconds;
        var limit = new Limits(memory, memory);
        if (SetLimit(AddressSpace, limit) != 0 || SetLimit(ProcessorTime, new Limits(time, time + 1)) != 0)
            throw new InvalidOperationException("The limits of the process could not be set.");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limits(ulong Current, ulong Most);
}
