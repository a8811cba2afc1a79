using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Configuration;

namespace Atmosphere.Recognition.Faces.Catalogue;

/// <summary>The networks of a data folder: one sub-folder of <c>models</c> each, with an entry where it is the user's own.</summary>
/// <param name="data">The data folder.</param>
public sealed partial class ModelFolder(string data)
{
    private const string Entry = "model.json";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _root = Path.Combine(data, "models");

    /// <summary>The data folder, absolute.</summary>
    public string Data => data;

    /// <summary>The one of the data folder that the settings name.</summary>
    public static ModelFolder Of(IConfiguration settings) => new(StorageOptions.DataFolder(settings));

    /// <summary>The known models and the user's own.</summary>
    public IReadOnlyList<KnownModel> All() => [.. KnownModels.All, .. Own()];

    /// <exception cref="FaceModelException">There is none of that name.</exception>
    public KnownModel Find(string name) => All().FirstOrDefault(model => model.Name == name)
        ?? throw new FaceModelException($"There is no model '{name}'. Use one of {string.Join(", ", All().Select(model => model.Name))}, or add a file: atmosphere models add FILE --family FAMILY.");

    /// <summary>Where the file of a model is, or will be.</summary>
    public string PathOf(KnownModel model, ModelFile file) => Path.Combine(_root, model.Name, file.Name);

    /// <summary>Whether all files are there, by name and size.</summary>
    public bool Has(KnownModel model) => model.Files.All(file => new FileInfo(PathOf(model, file)) is { Exists: true } found && found.Length == file.Size);

    /// <summary>One sentence for each file that is missing or is not the one that was measured.</summary>
    public IEnumerable<string> Problems(KnownModel model)
    {
        foreach (var file in model.Files)
        {
            var path = PathOf(model, file);
            if (!File.Exists(path))
                yield return $"{path} is missing.";
            else if (HashOf(path) is var hash && hash != file.Sha256)
                yield return $"{path} has the SHA-256 {hash}, not {file.Sha256}.";
        }
    }

    /// <summary>Takes in the user's own recogniser.</summary>
    /// <param name="name">What to call it: small letters, digits and hyphens.</param>
    /// <param name="path">An ONNX file; it is copied.</param>
    /// <param name="family">One of <see cref="OwnFamilies"/>.</param>
    /// <param name="rules">A file of rules, as docs/configuration.md shows; null: nobody has measured it, so it names nobody.</param>
    /// <exception cref="FaceModelException">The name is taken or not allowed, or the file or its rules cannot be used.</exception>
    public KnownModel Add(string name, string path, string family, string? rules)
    {
        if (!Names().IsMatch(name))
            throw new FaceModelException($"'{name}' is no name for a model. Use up to 40 small letters, digits and hyphens: --name NAME.");
        if (All().Any(model => model.Name == name))
            throw new FaceModelException($"There is a model '{name}' already. Call this one otherwise: --name NAME.");
        if (!OwnFamilies.Contains(family))
            throw new FaceModelException($"'{family}' is no known family. Use one of {string.Join(", ", OwnFamilies)}.");

        var file = new ModelFile(Path.GetFileName(path), new FileInfo(path).Length, HashOf(path));
        var model = new KnownModel(
            name, ModelKind.Recogniser, family, "your own", rules is null ? "not measured: names nobody, asks instead" : "by your own rules", [file],
            rules is null ? KnownModels.Unmeasured : OwnRules.Read(rules));
        FaceNetworksFactory.RequireRecogniser(path, family);
        Directory.CreateDirectory(Path.Combine(_root, name));
        File.Copy(path, PathOf(model, file), overwrite: true);
        // The entry is written last: a folder without one is no model.
        File.WriteAllText(Path.Combine(_root, name, Entry), JsonSerializer.Serialize(model, _json));
        return model;
    }

    /// <summary>The families of the user's own files.</summary>
    public static IReadOnlyList<string> OwnFamilies { get; } = [.. Families.Recognisers.Where(family => family != Families.OpenModelZoo)];

    /// <summary>SHA-256 of a file, hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private IEnumerable<KnownModel> Own()
    {
        if (!Directory.Exists(_root))
            yield break;
        foreach (var entry in Directory.EnumerateDirectories(_root).Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, Entry)).Where(File.Exists))
            yield return Read(entry);
    }

    private static KnownModel Read(string entry)
    {
        try
        {
            return JsonSerializer.Deserialize<KnownModel>(File.ReadAllText(entry), _json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException broken)
        {
            throw new FaceModelException($"{entry} cannot be read ({broken.Message}). Delete its folder and add the model again: atmosphere models add.", broken);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex Names();
}
