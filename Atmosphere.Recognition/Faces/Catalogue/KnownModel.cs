using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Recognition.Faces.Catalogue;

/// <summary>What a network does.</summary>
public enum ModelKind
{
    /// <summary>Describes faces by vectors.</summary>
    Recogniser,

    /// <summary>Finds faces.</summary>
    Detector,
}

/// <param name="Name">The file's name in the model's folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal, lower case.</param>
/// <param name="Address">Where the vendor offers it; null: the user's own file.</param>
public sealed record ModelFile(string Name, long Size, string Sha256, Uri? Address = null);

/// <summary>A network that the program can use.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Family">How its input and output are made; empty: it comes with the program.</param>
/// <param name="Licence">Of the weights.</param>
/// <param name="Measured">What was measured with it, in one line.</param>
/// <param name="Files">The first is the one to load; none: it comes with the program.</param>
/// <param name="Rules">When faces get names; null for a detector.</param>
public sealed record KnownModel(
    string Name, ModelKind Kind, string Family, string Licence, string Measured, IReadOnlyList<ModelFile> Files, NamingRules? Rules)
{
    /// <summary>Whether it comes with the program.</summary>
    public bool IsBuiltIn => Files.Count == 0;

    /// <summary>Bytes of all files.</summary>
    public long Size => Files.Sum(file => file.Size);
}
