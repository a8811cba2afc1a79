using System.Diagnostics;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Tests.Imaging;

/// <summary>HEIC files made by heif-enc, the encoder of libheif.</summary>
internal static class HeicFiles
{
    private static readonly PhotoEncoder _encoder = new(new ImagingOptions());

    public static Task<byte[]> OfAsync(Pixels pixels, int quality = 90) => OfAsync(_encoder.EncodePng(pixels), "png", quality);

    /// <param name="extension">Of the file that is encoded: png or jpg. EXIF data are kept.</param>
    public static async Task<byte[]> OfAsync(byte[] file, string extension, int quality = 90)
    {
        var folder = Directory.CreateTempSubdirectory("atmosphere-heic-");
        try
        {
            var (from, to) = (Path.Combine(folder.FullName, $"a.{extension}"), Path.Combine(folder.FullName, "a.heic"));
            await File.WriteAllBytesAsync(from, file);
            var start = new ProcessStartInfo("heif-enc") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])["-q", $"{quality}", "-p", "preset=ultrafast", from, "-o", to])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, string.Concat(said));
            return await File.ReadAllBytesAsync(to);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
