using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Tagging.Learning;

/// <summary>
/// Checks that a face can be the named person at all. Several voters can make the same mistake in a list of similar names.
/// </summary>
internal sealed class SimilarityCheck(Database database, IFaceCollections collections, IOptions<TaggingOptions> options)
{
    /// <summary>True if the face shown does not resemble the person at all, and the person's owner does not confirm it.</summary>
    public async Task<bool> IsMissingAsync(QuestionRow question, PersonId person, CheckedFace shown, CancellationToken cancellation)
    {
        var least = options.Value.LeastSimilarity;
        if (least == 0 || shown.Similarity >= least)
            return false;

        // A person with faces who is not even among the nearest is less similar than all of those.
        if (shown.Similarity is null && (await collections.ListFacesAsync(CollectionId.Of(question.GroupId), person, cancellation)).Count == 0)
            return false;
        return !await database.ReadAsync(session => VoteTable.OwnerSaysSoAsync(session, question.FaceId, person), cancellation);
    }
}
