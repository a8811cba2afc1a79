using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Bot.Console.Sort;

/// <param name="Name">Path below the photos folder, with / between its parts.</param>
/// <param name="Path">Full path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">Ticks, UTC.</param>
internal sealed record PhotoFile(string Name, string Path, long Length, long Modified);

/// <param name="Name">Path below the photos folder, with / between its parts.</param>
/// <param name="Problem">Why it cannot be read, and what to do: a sentence.</param>
internal sealed record OddEntry(string Name, string Problem);

/// <summary>What a folder and its sub-folders hold.</summary>
/// <param name="Photos">By name.</param>
/// <param name="Odd">Entries that cannot be read, such as links to nothing.</param>
/// <param name="Thumbnails">Files that other programs made of the photos, left out.</param>
internal sealed record PhotoFolder(IReadOnlyList<PhotoFile> Photos, IReadOnlyList<OddEntry> Odd, int Thumbnails);

/// <summary>Looks through a folder and its sub-folders. One odd entry does not end the search.</summary>
internal sealed class PhotoFiles
{
    // What .NET puts in the place of bytes that are no UTF-8.
    private const char Unreadable = '\uFFFD';

    // Files with these extensions are reported if they are not photos; others, such as notes or videos, are ignored.
    private static readonly HashSet<string> _extensions = new(
        [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif", ".bmp", ".heic", ".heif", ".mpo"],
        StringComparer.OrdinalIgnoreCase);

    // Synology, freedesktop, QNAP, Windows.
    private static readonly HashSet<string> _thumbnails = new(["@eaDir", ".thumbnails", ".@__thumb", "Thumbs.db"], StringComparer.OrdinalIgnoreCase);

    private static readonly EnumerationOptions _everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };
    private static readonly EnumerationOptions _below = new() { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = true };

    private readonly string _root;
    private readonly string? _except;
    private readonly List<PhotoFile> _photos = [];
    private readonly List<OddEntry> _odd = [];
    private int _thumbnailFiles;

    private PhotoFiles(string root, string? except) => (_root, _except) = (root, except);

    /// <param name="folder">Links to other folders are not followed; hidden files and folders are skipped.</param>
    /// <param name="except">A sub-folder to skip.</param>
    public static PhotoFolder Of(string folder, string? except = null)
    {
        var files = new PhotoFiles(folder, except);
        var waiting = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (waiting.TryPop(out var next))
            files.Look(next, waiting);
        return new PhotoFolder(
            [.. files._photos.OrderBy(file => file.Name, StringComparer.Ordinal)], [.. files._odd.OrderBy(entry => entry.Name, StringComparer.Ordinal)], files._thumbnailFiles);
    }

    private void Look(DirectoryInfo folder, Stack<DirectoryInfo> waiting)
    {
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos("*", _everything))
            {
                if (_thumbnails.Contains(entry.Name))
                    _thumbnailFiles += entry is DirectoryInfo made ? made.EnumerateFiles("*", _below).Count() : 1;
                else if (entry.Name.StartsWith('.') || entry.FullName == _except)
                    continue;
                else if (entry is DirectoryInfo below && below.LinkTarget is null)
                    waiting.Push(below);
                else if (entry is FileInfo file && !IsHidden(file))
                    Take(file);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _odd.Add(new OddEntry(NameOf(folder), Reason(folder, failed)));
        }
    }

    private void Take(FileInfo file)
    {
        try
        {
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            if (target is null)
                return;
            if (!target.Exists)
                throw new FileNotFoundException(file.LinkTarget is null ? "it cannot be opened" : $"it is a link to {file.LinkTarget}, which is not there");
            if (SpecialFiles.KindOf(target.FullName) is { } kind)
                _odd.Add(new OddEntry(NameOf(file), $"{NameOf(file)} is {kind}, no file. Remove it from the folder."));
            else if (_extensions.Contains(file.Extension) || LooksLikePhoto(file))
                _photos.Add(new PhotoFile(NameOf(file), file.FullName, target.Length, target.LastWriteTimeUtc.Ticks));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _odd.Add(new OddEntry(NameOf(file), Reason(file, failed)));
        }
    }

    private static bool LooksLikePhoto(FileInfo file)
    {
        using var stream = file.OpenRead();
        Span<byte> start = stackalloc byte[PhotoHeader.EnoughToRecognise];
        return PhotoHeader.LooksLikePhoto(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
    }

    private string Reason(FileSystemInfo entry, Exception failed) => entry.Name.Contains(Unreadable, StringComparison.Ordinal)
        ? $"{NameOf(entry)} has a name that is not UTF-8, so it cannot be opened. Rename it."
        : $"{NameOf(entry)} cannot be read: {failed.Message.TrimEnd('.')}. Mend or remove it.";

    private static bool IsHidden(FileInfo file) => OperatingSystem.IsWindows() && (file.Attributes & (FileAttributes.Hidden | FileAttributes.System)) != 0;

    private string NameOf(FileSystemInfo entry) => Path.GetRelativePath(_root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
