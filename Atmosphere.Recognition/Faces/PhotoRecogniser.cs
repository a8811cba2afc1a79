using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Imaging;

namespace Atmosphere.Recognition.Faces;

/// <summary>Detects and identifies all faces of a photo. Safe to call from several threads.</summary>
public sealed class PhotoRecogniser(IFaceEngine engine, IFaceCollections collections)
{
    /// <summary>The faces of the photo, left to right; empty if there are none. No person is named twice in one photo.</summary>
    /// <exception cref="CollectionNotFoundException">The collection does not exist.</exception>
    /// <exception cref="ModelChangedException">The collection was made with another model.</exception>
    public async Task<IReadOnlyList<RecognisedFace>> RecogniseAsync(
        Pixels photo, CollectionId collection, DetectionPlan plan, CancellationToken cancellation)
    {
        var faces = await engine.DetectAsync(photo, plan, cancellation);
        if (faces.Count == 0)
            return [];

        var described = await engine.EmbedAsync(photo, faces, cancellation);
        var searches = new List<FaceSearch>(described.Count);
        foreach (var face in described)
            searches.Add(await collections.SearchUsersByImageAsync(collection, face.Embedding, cancellation));

        return [.. described.Zip(PhotoFaces.WithoutDoubles(searches), (face, search) => new RecognisedFace(face, search))];
    }
}
