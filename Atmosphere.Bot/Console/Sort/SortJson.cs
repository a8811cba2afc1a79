namespace Atmosphere.Bot.Console.Sort;

/// <summary>Writes the JSON file, one line per photo, atomically.</summary>
internal static class SortJson
{
    public static void Write(string path, IEnumerable<SortedPhoto> photos)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.unfinished";
        using (var file = new FileStream(unfinished, FileMode.Create))
        {
            using var writer = new StreamWriter(file);
            foreach (var photo in photos)
            {
                writer.Write(photo.ToJson());
                writer.Write('\n');
            }

            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
