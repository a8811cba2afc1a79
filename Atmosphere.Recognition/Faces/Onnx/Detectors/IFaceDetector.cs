using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces.Onnx.Detectors;

/// <summary>A face detection network, with one implementation per network family.</summary>
internal interface IFaceDetector : IDisposable
{
    /// <summary>Face boxes in one view of a photo, in photo pixels, not clamped, most confident first.</summary>
    List<Candidate> Detect(Pixels photo, View view);

    /// <summary>The views of a plan, in order; each is chosen with the faces found so far.</summary>
    IEnumerable<View> Views(Pixels photo, DetectionPlan plan, Func<IReadOnlyList<Candidate>> found);

    /// <summary>Converts this detector's box to the box that the landmark network expects, from brows to chin.</summary>
    Box ForLandmarks(Box face);

    /// <summary>Time spent inside the network.</summary>
    TimeSpan Spent { get; }
}
