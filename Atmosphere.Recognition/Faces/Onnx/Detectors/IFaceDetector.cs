using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx.Detectors;

/// <summary>A network that finds faces. One family of networks, one implementation.</summary>
internal interface IFaceDetector : IDisposable
{
    /// <summary>Boxes of faces in one view of a photo, in photo pixels, unclamped, the surest first.</summary>
    List<Candidate> Detect(Pixels photo, View view);

    /// <summary>The views that a plan looks at, in this order; each sees what was found before it.</summary>
    IEnumerable<View> Views(Pixels photo, DetectionPlan plan, Func<IReadOnlyList<Candidate>> found);

    /// <summary>The box that the landmark network expects, from brows to chin, for a face that this detector boxed.</summary>
    Box ForLandmarks(Box face);

    /// <summary>Time spent inside the network.</summary>
    TimeSpan Spent { get; }
}
