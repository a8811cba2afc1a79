using System.IO.Enumeration;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console.Sort;

/// <param name="Name">Path below the photos folder, with / between its parts.</param>
/// <param name="Path">Full path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">Ticks, UTC.</param>
internal sealed record PhotoFile(string Name, string Path, long Length, long Modified);

/// <summary>The photos in a folder and its sub-folders, by name.</summary>
internal static class PhotoFiles
{
    // Files with these extensions are reported if they are not photos; others, such as notes or videos, are ignored.
    private static readonly HashSet<string> _extensions = new(
        [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif", ".bmp", ".heic", ".heif", ".mpo"],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="folder">Links to other folders are not followed; hidden files and folders are skipped.</param>
    /// <param name="except">A sub-folder to skip.</param>
    public static IReadOnlyList<PhotoFile> Of(string folder, string? except = null)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        var files = new FileSystemEnumerable<FileInfo>(folder, (ref entry) => (FileInfo)entry.ToFileSystemInfo(), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.ToFullPath() != except,
        };
        return [.. files
            .Where(IsPhoto)
            .Select(file => new PhotoFile(NameOf(folder, file), file.FullName, SizeOf(file), file.LastWriteTimeUtc.Ticks))
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static string NameOf(string folder, FileInfo file) =>
        Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/');

    // The length of a link is that of its target path, so use the target's size.
    private static long SizeOf(FileInfo file) => file.LinkTarget is null ? file.Length : (file.ResolveLinkTarget(true) as FileInfo)?.Length ?? 0;

    private static bool IsPhoto(FileInfo file) => _extensions.Contains(file.Extension) || PhotoType(file);

    private static bool PhotoType(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            Span<byte> start = stackalloc byte[PhotoHeader.EnoughToRecognise];
            return PhotoHeader.LooksLikePhoto(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
