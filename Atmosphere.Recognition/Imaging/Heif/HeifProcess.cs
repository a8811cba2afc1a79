using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Atmosphere.Recognition.Imaging.Heif;

/// <summary>Decodes HEIC photos in a process of its own, one at a time, with limits on time and memory.</summary>
/// <param name="file">The program that becomes the process, or dotnet; null: there is none.</param>
/// <param name="first">Its first arguments.</param>
internal sealed class HeifProcess(string? file, IReadOnlyList<string> first) : IDisposable
{
    // Planes of the codec, tiles and the RGB copy, in bytes a pixel; and what the codec needs for any photo.
    private const int BytesPerPixel = 12;
    private const int BaseMegabytes = 192;
    private const int Seconds = 20;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The version of libheif; null if there is none that decodes HEIC.</summary>
    public async Task<string?> VersionAsync(CancellationToken cancellation)
    {
        var (code, output) = await RunAsync([HeifChild.Check], default, cancellation);
        return code == 0 ? System.Text.Encoding.UTF8.GetString(output.Span) : null;
    }

    /// <param name="pixels">Those that the file claims.</param>
    /// <param name="mostPixels">More are refused.</param>
    public async Task<HeifResult> DecodeAsync(ReadOnlyMemory<byte> file, long pixels, long mostPixels, CancellationToken cancellation)
    {
        var megabytes = BaseMegabytes + (Math.Min(pixels, mostPixels) * BytesPerPixel / 1_048_576);
        string[] limits = [.. new[] { mostPixels, megabytes, Seconds }.Select(limit => limit.ToString(CultureInfo.InvariantCulture))];
        var (code, output) = await RunAsync(limits, file, cancellation);
        return code switch
        {
            0 when Read(output) is { } picture => new HeifResult(HeifVerdict.Decoded, picture),
            HeifChild.TooManyPixels => new HeifResult(HeifVerdict.TooManyPixels, null),
            HeifChild.Unavailable or null => new HeifResult(HeifVerdict.Unavailable, null),
            // Killed by a limit or by the file itself, or said that it is damaged.
            _ => new HeifResult(HeifVerdict.Damaged, null),
        };
    }

    public void Dispose() => _one.Dispose();

    private static HeifPicture? Read(ReadOnlyMemory<byte> output)
    {
        if (output.Length < HeifChild.HeaderBytes)
            return null;
        var header = output.Span;
        var (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(header), BinaryPrimitives.ReadInt32LittleEndian(header[4..]));
        var (profile, exif) = (BinaryPrimitives.ReadInt32LittleEndian(header[8..]), BinaryPrimitives.ReadInt32LittleEndian(header[12..]));
        var start = HeifChild.HeaderBytes + profile + exif;
        return output.Length != start + ((long)width * height * 3) ? null : new HeifPicture(
            width, height, output.Slice(HeifChild.HeaderBytes, profile), output.Slice(HeifChild.HeaderBytes + profile, exif), output[start..]);
    }

    /// <returns>The exit code, null if there is no such process here; and the output.</returns>
    private async Task<(int? Code, ReadOnlyMemory<byte> Output)> RunAsync(string[] arguments, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        if (file is null || !OperatingSystem.IsLinux())
            return (null, default);
        await _one.WaitAsync(cancellation);
        try
        {
            var start = new ProcessStartInfo(file) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (var argument in (string[])[.. first, HeifChild.Verb, .. arguments])
                start.ArgumentList.Add(argument);
            // The settings of the server, with its secrets, are none of this process's business.
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("Atmosphere", StringComparison.OrdinalIgnoreCase)).ToList())
                start.Environment.Remove(name);
            start.Environment["DOTNET_EnableDiagnostics"] = "0";
            start.Environment["DOTNET_gcServer"] = "0";
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(_patience);
            using var process = Process.Start(start);
            if (process is null)
                return (null, default);
            try
            {
                var errors = process.StandardError.ReadToEndAsync(patience.Token);
                var output = ReadAsync(process, patience.Token);
                await WriteAsync(process, input, patience.Token);
                var read = await output;
                _ = await errors;
                await process.WaitForExitAsync(patience.Token);
                return (process.ExitCode, read);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return (HeifChild.Damaged, default);
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill();
            }
        }
        catch (Win32Exception)
        {
            return (null, default);
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Process process, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(memory, cancellation);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says why.
        }
    }
}

/// <param name="Profile">ICC; empty if there is none.</param>
/// <param name="Exif">As in a JPEG; empty if there is none.</param>
/// <param name="Rgb">Three bytes a pixel, upright.</param>
internal sealed record HeifPicture(int Width, int Height, ReadOnlyMemory<byte> Profile, ReadOnlyMemory<byte> Exif, ReadOnlyMemory<byte> Rgb);

/// <param name="Picture">Null unless decoded.</param>
internal sealed record HeifResult(HeifVerdict Verdict, HeifPicture? Picture);

internal enum HeifVerdict
{
    Decoded,
    Damaged,
    TooManyPixels,

    /// <summary>There is no libheif that decodes HEIC on this machine.</summary>
    Unavailable,
}
