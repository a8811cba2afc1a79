using Atmosphere.Recognition.Faces.Onnx;

namespace Atmosphere.Recognition.Faces.Catalogue;

/// <summary>The networks that are known to work, with rules that were measured. docs/measurements.md has the figures.</summary>
public static class KnownModels
{
    private const string OpenModelZoo = "https://storage.openvinotoolkit.org/repositories/open_model_zoo/2023.0/models_bin/1/face-reidentification-retail-0095/FP16/";

    /// <summary>The recogniser that comes with the program.</summary>
    public static KnownModel FaceApi { get; } = new(
        "face-api", ModelKind.Recogniser, "", "MIT", "LFW, 200 classes of 20, children's rule: 0.29 % of strangers named, 85 % right, 14 % asked", [], NamingRules.FaceApi);

    /// <summary>The detector that comes with the program.</summary>
    public static KnownModel Ssd { get; } = new("ssd", ModelKind.Detector, "", "MIT", "Group photos: 111 of 111 faces, 1 false box", [], null);

    /// <summary>A smaller and better recogniser.</summary>
    public static KnownModel Intel { get; } = new(
        "intel", ModelKind.Recogniser, Families.OpenModelZoo, "Apache-2.0", "LFW, 200 classes of 20, children's rule: 0.04 % of strangers named, 98 % right, 2 % asked",
        [
            new(
                "face-reidentification-retail-0095.xml", 350_427, "ce53d2c9c08c0bd1c1660fb8a5b6d0e3e4ec19eb92f1036d2d83a85e83082dce",
                new Uri(OpenModelZoo + "face-reidentification-retail-0095.xml")),
            new(
                "face-reidentification-retail-0095.bin", 2_213_628, "241229ca3d206321868d46ce74a3c0b06c49cea58db7dc70b2e842ff287545d1",
                new Uri(OpenModelZoo + "face-reidentification-retail-0095.bin")),
        ],
        OfIntel());

    /// <summary>A faster detector.</summary>
    public static KnownModel YuNet { get; } = new(
        "yunet", ModelKind.Detector, Families.YuNet, "Apache-2.0", "Group photos: 111 of 111 faces, 4 false boxes, in one pass",
        [
            new(
                "yunet_n_dynamic.onnx", 322_906, "104ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12",
                new Uri("https://raw.githubusercontent.com/ShiqiYu/libfacedetection.train/master/onnx/yunet_n_dynamic.onnx")),
        ],
        null);

    public static IReadOnlyList<KnownModel> All { get; } = [FaceApi, Intel, Ssd, YuNet];

    /// <summary>Names nobody and asks about whoever is near: for a network that nobody has measured.</summary>
    public static NamingRules Unmeasured { get; } = OfUnmeasured();

    private static NamingRules OfIntel()
    {
        // Measured on unscaled distances: the children's bound 0.48, the adults' 0.91.
        const float length = 0.36f;
        var adults = new NamingScore(LeadWeight: 1, OthersAtMost: 1.23f * length, MissingAt: 1.23f * length, NamedBelow: 0.91f * length, UncertainBelow: 1.05f * length);
        var crowd = new NamingScore(LeadWeight: 2, OthersAtMost: 1.6f * length, MissingAt: 1.3f * length, NamedBelow: 0.48f * length, UncertainBelow: 0.95f * length);
        return new NamingRules(new NamingRule(0.06f * length, [crowd, adults]), new NamingRule(0.06f * length, [adults]), length);
    }

    private static NamingRules OfUnmeasured()
    {
        var asks = new NamingRule(0.04f, [new NamingScore(LeadWeight: 1, OthersAtMost: 0.45f, MissingAt: 0.45f, NamedBelow: -1, UncertainBelow: 0.3f)]);
        return new NamingRules(asks, asks, Length: 0.36f);
    }
}
