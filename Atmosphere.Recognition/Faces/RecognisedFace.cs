using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

/// <param name="Description">The face and its vector.</param>
/// <param name="Search">The users it resembles, and what may be concluded once the photo's other faces are considered.</param>
public sealed record RecognisedFace(FaceDescription Description, FaceSearch Search)
{
    /// <summary>Where the face is, pixels of the upright photo.</summary>
    public Box Box => Description.Face.Box;

    /// <summary>How sure the detector is that this is a face, 0..1.</summary>
    public float Score => Description.Face.Score;

    public MatchVerdict Verdict => Search.Verdict;

    /// <summary>Who it is, or with <see cref="MatchVerdict.Uncertain"/> who it may be; null with <see cref="MatchVerdict.Nobody"/>.</summary>
    public PersonId? Person => Verdict == MatchVerdict.Nobody ? null : Search.Matches[0].User;

    /// <summary>Similarity of the most similar user, 0..100; 0 in a collection without users.</summary>
    public float Similarity => Search.Matches.Count == 0 ? 0 : Search.Matches[0].Similarity;
}
