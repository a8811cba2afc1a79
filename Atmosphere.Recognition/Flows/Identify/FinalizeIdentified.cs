using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Identify;

/// <summary>Names the face, if the person still exists and no other face of the photo may have the name, and tells colleagues.</summary>
internal sealed class FinalizeIdentified(LeavingClusters clusters, IdentifiedPosts posts, TimeProvider clock)
    : IStep<FaceIdentified>, IOnExhausted<FaceIdentified>
{
    public Task<Effects> HandleAsync(FaceIdentified message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change((session, outbox) => DecideAsync(session, outbox, message)));

    public Effects Exhausted(FaceIdentified message, Exception reason) =>
        RefusedFaces.Refuse(message.Photo, message.Face, nameof(FinalizeIdentified), reason, clock);

    private async Task DecideAsync(Session session, IOutbox outbox, FaceIdentified message)
    {
        var now = clock.GetUtcNow();
        var there = await PersonTable.CanBeNamedAsync(session, message.Person);
        var verdict = there ? await VerdictAsync(session, message) : "nobody";
        var similarity = await SearchTable.SimilarityAsync(session, message.Face, message.Person);
        if (!await FaceTable.DecideAsync(session, message.Face, there ? message.Person : null, similarity, verdict, now))
            return;

        // The face may have been unknown when it was matched, before the person was registered.
        if (verdict == FaceTable.Named)
        {
            await clusters.LeaveAsync(session, [message.Face], now);
            await posts.AddAsync(session, outbox, message.Photo, message.Face, message.Person);
        }
        else
        {
            await UnidentifiedFaces.AskAsync(session, outbox, message.Photo, message.Face);
        }

        await DistributionGate.DecidedAsync(session, outbox, message.Photo, verdict, now);
    }

    private static async Task<string> VerdictAsync(Session session, FaceIdentified message)
    {
        var search = await RivalNames.SearchAsync(session, message.Photo, message.Face);
        // Between two look-alikes the nearer one is a guess: a wrong photo is worse than a question to a colleague.
        var rival = await FaceTable.NamedTwiceAsync(session, message.Photo, message.Face, message.Person)
            || await LookAlikes.HasAsync(session, message.Person);
        return search is { Verdict: MatchVerdict.Named } && search.Matches[0].User == message.Person && !rival ? FaceTable.Named : "uncertain";
    }
}
