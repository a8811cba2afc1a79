using System.Text;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>Looks for bytes in every file of a data folder, as somebody would who has the disk: database, write-ahead log, media.</summary>
internal static class ByteSearch
{
    /// <summary>The log of erasures keeps random ids, and nothing else may.</summary>
    private const string Tombstones = "erasures.log";

    /// <returns>Which of the texts is where, as UTF-8 or UTF-16.</returns>
    public static IReadOnlyList<string> Texts(string folder, params IEnumerable<string> texts) =>
        [.. from file in Files(folder)
            let bytes = Read(file)
            from text in texts
            where Holds(bytes, Encoding.UTF8.GetBytes(text)) || Holds(bytes, Encoding.Unicode.GetBytes(text))
            select $"{text} in {Path.GetRelativePath(folder, file)}"];

    /// <returns>In which files four floats in a row of one of the vectors are.</returns>
    public static IReadOnlyList<string> Vectors(string folder, IEnumerable<byte[]> vectors) =>
        [.. from file in Files(folder)
            let bytes = Read(file)
            where vectors.Any(vector => Enumerable.Range(0, (vector.Length / 4) - 3).Any(at => Holds(bytes, vector.AsSpan(at * 4, 16))))
            select Path.GetRelativePath(folder, file)];

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not (Tombstones or "atmosphere.lock"));

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static bool Holds(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> wanted) => bytes.IndexOf(wanted) >= 0;
}
