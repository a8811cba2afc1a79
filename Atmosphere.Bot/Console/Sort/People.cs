using System.Security.Cryptography;
using System.Text;

namespace Atmosphere.Bot.Console.Sort;

/// <param name="Name">Name of the folder.</param>
/// <param name="Photos">The photos to learn the person from.</param>
/// <param name="Odd">Entries of the folder that cannot be read.</param>
internal sealed record PersonFolder(string Name, IReadOnlyList<PhotoFile> Photos, IReadOnlyList<OddEntry> Odd);

/// <summary>The persons of a people folder: one sub-folder each.</summary>
internal sealed record People(IReadOnlyList<PersonFolder> Persons)
{
    private static readonly string[] _reserved = [OutFolder.Uncertain, OutFolder.Nobody];

    /// <exception cref="UsageException">There are no persons, or a name is invalid.</exception>
    public static People Read(string folder)
    {
        var names = Directory.EnumerateDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (names.Count == 0)
            throw new UsageException($"--people {folder} has no sub-folders. Make one for each person, named as the person, with photos in it.");

        foreach (var name in names)
        {
            if (_reserved.Contains(name, StringComparer.OrdinalIgnoreCase) || name.Any(char.IsControl) || name.Contains('\\', StringComparison.Ordinal))
                throw new UsageException($"A person cannot be called '{Printable(name)}' (--people {folder}). Rename that folder.");
        }

        var twice = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new UsageException($"The folders {string.Join(" and ", twice)} of --people {folder} differ only in capitals. Rename one of them.");

        return new People([.. names.Select(name => Person(folder, name))]);
    }

    private static PersonFolder Person(string folder, string name)
    {
        var found = PhotoFiles.Of(Path.Combine(folder, name));
        return new PersonFolder(name, found.Photos, found.Odd);
    }

    /// <summary>Changes if a person or a photo is added, removed or changed, and with every setting that affects the result.</summary>
    public string Fingerprint(params string[] settings)
    {
        var text = new StringBuilder(string.Join('\n', settings));
        foreach (var person in Persons)
        {
            text.Append('\n').Append(person.Name);
            foreach (var photo in person.Photos)
                text.Append('\n').Append(photo.Name).Append('\t').Append(photo.Length).Append('\t').Append(photo.Modified);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Printable(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));
}
