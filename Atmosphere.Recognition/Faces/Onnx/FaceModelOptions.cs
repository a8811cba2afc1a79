using System.ComponentModel.DataAnnotations;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Section <c>Atmosphere:Faces:Models</c>: which networks see faces, and how many threads they use.</summary>
public sealed class FaceModelOptions : IRelatedSettings
{
    public const string Section = "Atmosphere:Faces:Models";

    /// <summary>An ONNX file, or a model of `models list`, to detect faces with; where none is named, the one that `models use` chose, or the built-in one.</summary>
    public string? Detector { get; set; }

    /// <summary>What the file <see cref="Detector"/> is: <c>yunet</c>. Needed with it.</summary>
    public string? DetectorFamily { get; set; }

    /// <summary>An ONNX file, or a model of `models list`, to describe faces with; where none is named, the one that `models use` chose, or the built-in one. A file needs its own <see cref="RecogniserRules"/>.</summary>
    public string? Recogniser { get; set; }

    /// <summary>What the file <see cref="Recogniser"/> is: <c>sface</c>, <c>arcface</c> or <c>open-model-zoo</c> (its XML file). Needed with it.</summary>
    public string? RecogniserFamily { get; set; }

    /// <summary>A JSON file with the rules for naming that <see cref="Recogniser"/> was calibrated for: distances of another network mean something else. Needed with it.</summary>
    public string? RecogniserRules { get; set; }

    /// <summary>Folder for the converted networks; where none is named, <c>atmosphere/models</c> in the user's local application data.</summary>
    public string? Cache { get; set; }

    /// <summary>Folder with the weights of the networks that come with the program; where none is named, <c>face-api</c> beside the program.</summary>
    public string? Weights { get; set; }

    /// <summary>ONNX Runtime's shared library, 1.31 or newer; where none is named, the one that is shipped with the program.</summary>
    public string? LibraryPath { get; set; }

    /// <summary>Photos that are worked on at once; 0: as many as there are processors, over <see cref="Threads"/>.</summary>
    [Range(0, 64), Unit("photos at once; 0 means one a processor")]
    public int Workers { get; set; }

    /// <summary>Threads that work on one photo. More workers use two cores better than more threads.</summary>
    [Range(1, 64), Unit("threads a photo")]
    public int Threads { get; set; } = 1;

    /// <summary>Find faces in photos that do not stand upright, too.</summary>
    public bool TurnedPhotos { get; set; } = true;

    public IEnumerable<string> Problems()
    {
        foreach (var problem in Own("Detector", Detector, DetectorFamily, Families.Detectors))
            yield return problem;
        foreach (var problem in Own("Recogniser", Recogniser, RecogniserFamily, Families.Recognisers))
            yield return problem;
        if (Recogniser is not null && RecogniserRules is null && Rules is null)
            yield return $"{Section}:RecogniserRules is not set; name the JSON file with the rules that {Recogniser} was calibrated for.";
        if (Recogniser is null && RecogniserRules is not null)
            yield return $"{Section}:RecogniserRules is {RecogniserRules}, but no Recogniser is named; the built-in one has its own rules. Leave the setting out.";
        if (RecogniserRules is { } rules && !File.Exists(rules))
            yield return $"{Section}:RecogniserRules is {rules}, which is not there; name a JSON file.";
        if (LibraryPath is { } library && !File.Exists(library))
            yield return $"{Section}:LibraryPath is {library}, which is not there; name ONNX Runtime's shared library, or leave the setting out.";
    }

    /// <summary>The rules of a model of the catalogue; null: those of <see cref="RecogniserRules"/>, or of the built-in model.</summary>
    internal NamingRules? Rules { get; set; }

    /// <summary>The same settings, to change some of them.</summary>
    internal FaceModelOptions Copy() => (FaceModelOptions)MemberwiseClone();

    internal int WorkerCount => Workers > 0 ? Workers : Math.Max(Environment.ProcessorCount / Threads, 1);

    private static IEnumerable<string> Own(string what, string? path, string? family, IReadOnlyCollection<string> known)
    {
        var families = string.Join(", ", known);
        if (path is null && family is not null)
            yield return $"{Section}:{what}Family is {family}, but no {what} is named; set {Section}:{what} to an ONNX file, or leave both out.";
        if (path is not null && !File.Exists(path))
            yield return $"{Section}:{what} is {path}, which is not there; name an ONNX file or a model that 'models get' has fetched, or leave the setting out.";
        if (path is not null && File.Exists(path) && (family is null || !known.Contains(family)))
            yield return $"{Section}:{what}Family is {family ?? "not set"}; say what kind of network {path} is. Known: {families}.";
    }
}
