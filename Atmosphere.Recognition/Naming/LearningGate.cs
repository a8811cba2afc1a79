using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Naming;

/// <summary>
/// The check that every face passes before a collection learns it as a person's, whatever its source. A face that is clearly the person's
/// passes; one of another registered person is refused; any other is held until somebody who knows the person has looked. The sender's word
/// alone is not enough.
/// </summary>
internal sealed class LearningGate(Database database, IFaceCollections collections, IOptions<LearningGateOptions> options)
{
    private const int MostFaces = 100;

    /// <param name="faces">Faces claimed to be the person. Without learned faces, one of them is the reference for the others.</param>
    public async Task<JudgedFaces> JudgeAsync(CollectionId collection, PersonId person, IReadOnlyList<FaceToIndex> faces, CancellationToken cancellation)
    {
        var known = (await collections.ListFacesAsync(collection, person, cancellation)).Select(face => face.Face).ToHashSet();
        if (known.Count == 0)
            return First(faces, options.Value.SamePersonWithin);

        var reference = (await database.ReadAsync(session => CollectionTables.ReferencesAsync(session, collection, person), cancellation)).GetValueOrDefault(person);
        var judged = new JudgedFaces([], [], []);
        foreach (var face in faces)
        {
            if (known.Contains(face.Face))
                judged.Same.Add(face);
            else
                await JudgeAsync(judged, collection, person, face, reference, known.Count, cancellation);
        }

        return judged;
    }

    /// <summary>Learns faces that passed the check or were confirmed by somebody who knows the person.</summary>
    public async Task LearnAsync(CollectionId collection, PersonId person, IReadOnlyList<FaceToIndex> faces, WayToLearn way, CancellationToken cancellation)
    {
        await collections.IndexFacesAsync(collection, faces, cancellation);
        await KeepAsync(collection, person, [.. faces.Select(face => face.Face)], way, cancellation);
    }

    /// <summary>Whether a face is clearly that of another one, of which somebody said whose it is.</summary>
    public bool AreAlike(FaceToIndex face, FaceToIndex other) => face.Embedding.DistanceTo(other.Embedding) <= options.Value.SamePersonWithin;

    /// <summary>Recomputes the person's reference vector from faces that passed before.</summary>
    public async Task KeepAsync(CollectionId collection, PersonId person, IReadOnlyList<FaceId> faces, WayToLearn way, CancellationToken cancellation)
    {
        await collections.AssociateFacesAsync(collection, person, faces, cancellation);
        Telemetry.FacesLearned($"{way}", faces.Count);
    }

    /// <summary>
    /// Picks the face nearest to all others, which is shown to the teacher who confirms the person, and passes the faces similar to it.
    /// </summary>
    internal static JudgedFaces First(IReadOnlyList<FaceToIndex> faces, float within)
    {
        var judged = new JudgedFaces([], [], []);
        if (faces.Count == 0)
            return judged;
        var mean = Embedding.Mean([.. faces.Select(face => face.Embedding)]);
        var shown = faces.MinBy(face => face.Embedding.DistanceTo(mean))!;
        foreach (var face in faces)
            (face == shown || face.Embedding.DistanceTo(shown.Embedding) <= within ? judged.Same : judged.Unsure).Add(face);
        return judged;
    }

    private async Task JudgeAsync(
        JudgedFaces judged, CollectionId collection, PersonId person, FaceToIndex face, Embedding? reference, int known, CancellationToken cancellation)
    {
        var search = await collections.SearchUsersByImageAsync(collection, face.Embedding, cancellation);
        var isBest = search.Matches is [var best, ..] && best.User == person;
        if (search is { NearEnough: true, Matches: [_, ..] } && !isBest)
        {
            judged.SomebodyElse.Add(face);
            return;
        }

        // If the engine stores its vectors elsewhere, its own verdict is used.
        var isSame = reference is null ? isBest && search.Verdict == MatchVerdict.Named : face.Embedding.DistanceTo(reference) <= options.Value.SamePersonWithin;
        if (!isSame)
            judged.Unsure.Add(face);
        else if (known + judged.Same.Count < MostFaces)
            judged.Same.Add(face);
    }
}

/// <param name="Same">Clearly the person's, or learned already.</param>
/// <param name="Unsure">Not clearly the person's: somebody who knows the person is asked.</param>
/// <param name="SomebodyElse">Near enough to another registered person for that name: never learned.</param>
internal sealed record JudgedFaces(List<FaceToIndex> Same, List<FaceToIndex> Unsure, List<FaceToIndex> SomebodyElse);
