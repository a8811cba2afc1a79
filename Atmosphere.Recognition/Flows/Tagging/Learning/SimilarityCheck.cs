using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>Whether a face can be whom colleagues take it for at all. Several may make the same mistake, with a list of names that lie side by side.</summary>
internal sealed class SimilarityCheck(Database database, IFaceCollections collections, IOptions<TaggingOptions> options)
{
    /// <summary>True where the face that is shown looks nothing like the person, and no guardian who registered the person says that it is.</summary>
    public async Task<bool> IsMissingAsync(QuestionRow question, PersonId person, CheckedFace shown, CancellationToken cancellation)
    {
        var least = options.Value.LeastSimilarity;
        if (least == 0 || shown.Similarity >= least)
            return false;

        // Whoever has faces there, and is not even among the nearest, is less like it than all of those.
        if (shown.Similarity is null && (await collections.ListFacesAsync(CollectionId.Of(question.GroupId), person, cancellation)).Count == 0)
            return false;
        return !await database.ReadAsync(session => VoteTable.OwnerSaysSoAsync(session, question.FaceId, person), cancellation);
    }
}
