using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Onnx.Models;
using Atmosphere.Recognition.Faces.Onnx.Pictures;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>Network families with known pre- and post-processing.</summary>
internal static class Families
{
    public const string YuNet = "yunet";

    public static readonly string[] Detectors = [YuNet];

    /// <summary>The face re-identification networks of the Open Model Zoo.</summary>
    public const string OpenModelZoo = "open-model-zoo";

    public static readonly string[] Recognisers = ["sface", "arcface", OpenModelZoo];

    /// <summary>The input format of a recogniser.</summary>
    /// <param name="family">One of <see cref="Recognisers"/>; null: the built-in descriptor.</param>
    public static ChipRecipe Recipe(string? family) => family switch
    {
        null => new ChipRecipe("face-api", DescriptorNet.Side, ColourScale.FaceApi, MeanFace.ToPhoto),
        "sface" => new ChipRecipe(family, FivePoints.Side, ColourScale.Bytes, FivePoints.ToPhoto),
        "arcface" => new ChipRecipe(family, FivePoints.Side, ColourScale.Signed, FivePoints.ToPhoto),
        OpenModelZoo => new ChipRecipe(family, 128, ColourScale.BlueFirstBytes, FivePoints.OpenModelZooToPhoto),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "No known recogniser."),
    };
}

/// <param name="Name">The family.</param>
/// <param name="Side">Pixels of the chip's side.</param>
/// <param name="Colours">The value range and channel order.</param>
/// <param name="ToPhoto">From landmarks and side to the transformation of chip pixels to photo pixels.</param>
internal sealed record ChipRecipe(
    string Name, int Side, ColourScale Colours, Func<IReadOnlyList<Point>, int, Similarity> ToPhoto);
