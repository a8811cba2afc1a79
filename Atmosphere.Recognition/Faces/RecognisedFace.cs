using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Faces;

/// <param name="Description">The face and its vector.</param>
/// <param name="Search">The users it resembles, with the verdict corrected by the photo's other faces.</param>
public sealed record RecognisedFace(FaceDescription Description, FaceSearch Search)
{
    /// <summary>Position of the face, pixels of the upright photo.</summary>
    public Box Box => Description.Face.Box;

    /// <summary>The detector's confidence, 0..1.</summary>
    public float Score => Description.Face.Score;

    public MatchVerdict Verdict => Search.Verdict;

    /// <summary>
    /// The person, or with <see cref="MatchVerdict.Uncertain"/> the candidate; null with <see cref="MatchVerdict.Nobody"/>.
    /// </summary>
    public PersonId? Person => Verdict == MatchVerdict.Nobody ? null : Search.Matches[0].User;

    /// <summary>Similarity of the most similar user, 0..100; 0 in a collection without users.</summary>
    public float Similarity => Search.Matches.Count == 0 ? 0 : Search.Matches[0].Similarity;
}
