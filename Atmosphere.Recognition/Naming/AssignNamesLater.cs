using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Naming;

/// <summary>Gives names to faces that were decided without one, and sends their photos again.</summary>
internal sealed class AssignNamesLater(LeavingClusters clusters, QuestionsAnsweredByName answered, IdentifiedPosts posts, IOutbox outbox, TimeProvider clock)
{
    /// <param name="photos">Oldest first, with the new searches of their unnamed faces.</param>
    public async Task AssignAsync(Session session, IReadOnlyList<(PhotoId Photo, IReadOnlyDictionary<FaceId, FaceSearch> Searches)> photos)
    {
        var named = new List<NamedFace>();
        foreach (var (photo, searches) in photos)
        {
            // The photo may have been erased or have expired since the search.
            if (!await PhotoTable.IsKeptAsync(session, photo))
                continue;

            foreach (var (face, search) in searches)
                await SuggestAsync(session, photo, face, search);
            var together = await RivalNames.OfAsync(session, photo);
            var here = named.Count;
            foreach (var face in searches.Keys)
            {
                if (together.TryGetValue(face, out var search) && await NameAsync(session, photo, face, search) is { } name)
                    named.Add(name);
            }

            if (named.Count > here)
                await outbox.SendAsync(session, new DistributePhoto(photo));
        }

        await answered.DecideAsync(session, outbox, named);
        foreach (var face in named)
            await posts.AddAsync(session, outbox, face.Photo, face.Face, face.Person);
    }

    /// <summary>Redraws the post of a question whose suggestions changed.</summary>
    private async Task SuggestAsync(Session session, PhotoId photo, FaceId face, FaceSearch search)
    {
        var before = await SearchTable.CandidatesAsync(session, face);
        await FaceSearches.PutAsync(session, photo, face, search);
        if ((await SearchTable.CandidatesAsync(session, face)).SequenceEqual(before))
            return;
        if (await QuestionsOfFace.OpenAsync(session, face) is { } question)
        {
            await QuestionTable.TouchAsync(session, question.Id, clock.GetUtcNow());
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
        }
    }

    /// <returns>Null if it gets no name.</returns>
    private async Task<NamedFace?> NameAsync(Session session, PhotoId photo, FaceId face, FaceSearch search)
    {
        if (search is not { Verdict: MatchVerdict.Named, Matches: [var best, ..] }
            || !await PersonTable.CanBeNamedAsync(session, best.User)
            || await LookAlikes.HasAsync(session, best.User)
            || await FaceTable.NamedTwiceAsync(session, photo, face, best.User)
            || await QuestionsOfFace.ContradictsAsync(session, face, best.User))
            return null;

        var now = clock.GetUtcNow();
        var cluster = await ClusterTable.OfFaceAsync(session, face);
        if (!await FaceTable.FindLaterAsync(session, face, best.User, best.Similarity, now))
            return null;

        session.AfterCommit(() => Telemetry.FaceDecided(FaceTable.Named));
        await clusters.LeaveAsync(session, [face], now);
        return new NamedFace(photo, face, best.User, cluster);
    }
}
